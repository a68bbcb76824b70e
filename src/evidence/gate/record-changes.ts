// What two records of one patient say differently: first options that changed, recommendations that were lost. Counted over a cohort.
import type { BriefRecommendation } from '../../domain/recommendation.js';

export interface RecordChange {
  /** "first": another first option of a decision. "lost": no longer recommended, nor any other option of the decision in its place. */
  readonly kind: 'first' | 'lost';
  readonly cancer: string;
  readonly setting: string;
  readonly decision: string;
  /** Regimen with its band, "nothing", or why the engine abstains. */
  readonly before: string;
  readonly after: string;
  /** Indications behind the two. */
  readonly indications: readonly string[];
}

export function recordChanges(before: BriefRecommendation, after: BriefRecommendation): readonly RecordChange[] {
  const decisions = new Set([...before.decisions, ...after.decisions].map((d) => d.id));
  return [...decisions].flatMap((decision) => {
    const [was, is] = [first(before, decision), first(after, decision)];
    const firm = before.options.filter((o) => o.decision === decision && o.band === 'recommended');
    const still = after.options.some((o) => o.decision === decision && o.band === 'recommended');
    const base = {
      cancer: (after.patient.cancer ?? before.patient.cancer)?.oncotree ?? 'none',
      setting: after.patient.setting ?? before.patient.setting ?? 'none',
      decision,
    };
    const changed = was.words !== is.words;
    const lost = firm.length > 0 && !still;
    if (!changed && !lost) return [];
    const indications = [...new Set([...was.indications, ...is.indications])].sort();
    return [{ kind: lost ? 'lost' : 'first', ...base, before: was.words, after: is.words, indications } as const];
  });
}

function first(record: BriefRecommendation, decision: string): { words: string; indications: readonly string[] } {
  const found = record.options.find((o) => o.decision === decision && o.rank !== null);
  if (found !== undefined)
    return {
      words: `${found.regimen.id} (${found.provisional ? 'provisional' : found.band})`,
      indications: [found.indication],
    };
  const shown = record.options.filter((o) => o.decision === decision).map((o) => o.indication);
  return { words: record.status === 'abstained' ? `abstains: ${record.reason?.code}` : 'nothing', indications: shown };
}

/** Changes alike in everything, with how many patients each is. */
export interface ChangeGroup extends RecordChange {
  readonly patients: number;
}

export function groupChanges(changes: readonly RecordChange[]): readonly ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>();
  for (const change of changes) {
    const { kind, cancer, setting, decision, before, after } = change;
    const key = [kind, cancer, setting, decision, before, after].join('|');
    const known = groups.get(key);
    const indications = [...new Set([...(known?.indications ?? []), ...change.indications])].sort();
    groups.set(key, { ...change, indications, patients: (known?.patients ?? 0) + 1 });
  }
  return [...groups.values()].sort((a, b) => b.patients - a.patients || (a.cancer < b.cancer ? -1 : 1));
}
