// Is there an answer where there should be one? Each decision of each setting wants a strong first choice.
import type { CancerFolder, Corpus } from '../../domain/corpus/corpus.js';
import { atoms, type Criterion } from '../../domain/corpus/criterion.js';
import type { Indication } from '../../domain/corpus/indication.js';
import { error, type Finding, warning } from './finding.js';

export interface CoverageRow {
  readonly cancer: string;
  readonly setting: string;
  readonly decision: string;
  readonly strongFor: number;
  readonly weakFor: number;
  readonly against: number;
}

/** How many indications speak to each decision in each setting. */
export function coverage(corpus: Corpus): CoverageRow[] {
  return corpus.cancers.flatMap((folder) =>
    folder.profile.decisions.flatMap((decision) =>
      decision.settings.map((setting) => {
        const here = folder.indications.filter((i) => i.decision === decision.id && speaksTo(i.criteria, setting));
        const count = (...strengths: string[]) => here.filter((i) => strengths.includes(i.strength)).length;
        return {
          cancer: folder.profile.id,
          setting,
          decision: decision.id,
          strongFor: count('strong-for'),
          weakFor: count('weak-for'),
          against: count('weak-against', 'strong-against'),
        };
      }),
    ),
  );
}

/** True unless the criterion names settings and this one is not among them. */
function speaksTo(criterion: Criterion, setting: string): boolean {
  const named = atoms(criterion).flatMap((a) => (a.op === 'value' && a.name === 'setting' ? (a.is ?? []) : []));
  return named.length === 0 || named.includes(setting);
}

export function checkCoverage(corpus: Corpus): Finding[] {
  return [
    ...coverage(corpus)
      .filter((row) => row.strongFor === 0)
      .map((row) => warning(`cancer ${row.cancer}`, `no strong-for option for ${row.decision} in ${row.setting}`)),
    ...corpus.cancers.flatMap(contradictions),
  ];
}

/** The same regimen, decision and criteria, for and against. */
function contradictions(folder: CancerFolder): Finding[] {
  const seen = new Map<string, Indication>();
  return folder.indications.flatMap((indication) => {
    const key = JSON.stringify([indication.regimen, indication.decision, indication.criteria]);
    const other = seen.get(key);
    seen.set(key, indication);
    if (other === undefined) return [];
    const opposed = other.strength.endsWith('for') !== indication.strength.endsWith('for');
    return opposed
      ? [error(`indication ${indication.id}`, `contradicts ${other.id}: same regimen and criteria`)]
      : [warning(`indication ${indication.id}`, `says the same as ${other.id}`)];
  });
}
