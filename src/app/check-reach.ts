// What the engine itself says about the corpus: every indication can be reached, every setting exists, a plain patient gets an answer.
import { standingOf } from '../core/band.js';
import type { Candidate } from '../core/candidates.js';
import { type CorpusIndex, indexCorpus } from '../core/corpus-index.js';
import { prepare } from '../core/prepare.js';
import { plainPatient, reaches } from '../core/witness/reach.js';
import type { CancerFolder, Corpus } from '../domain/corpus/corpus.js';
import type { PlainAnswer } from '../evidence/check/coverage-table.js';
import { error, type Finding, warning } from '../evidence/check/finding.js';

/** @param only folders to prove; all when left out. */
export function checkReach(
  corpus: Corpus,
  only?: string,
): {
  readonly findings: readonly Finding[];
  readonly plain: readonly PlainAnswer[];
} {
  const index = indexCorpus(corpus);
  const folders = index.corpus.cancers.filter(({ profile }) => only === undefined || profile.id === only);
  const plain = folders.flatMap((folder) => plainAnswers(folder, index));
  return {
    findings: [...folders.flatMap((f) => unreachable(f, index)), ...plain.flatMap((p) => p.findings)],
    plain: plain.flatMap((p) => p.answer),
  };
}

function unreachable(folder: CancerFolder, index: CorpusIndex): Finding[] {
  const decisions = new Map(folder.profile.decisions.map((d) => [d.id, d]));
  return folder.indications.flatMap((indication) => {
    const decision = decisions.get(indication.decision);
    if (decision === undefined || reaches(folder, decision, indication, index) !== undefined) return [];
    return [
      error(
        `indication ${indication.id}`,
        'no patient could be made up for whom it holds: its criteria contradict each other or every setting of its question',
      ),
    ];
  });
}

const NO_MODEL = { id: 'none', corpusHash: '', featuresHash: '', networks: [] } as const;

function plainAnswers(folder: CancerFolder, index: CorpusIndex): { findings: Finding[]; answer: PlainAnswer[] }[] {
  const record = `cancer ${folder.profile.id}`;
  return folder.profile.settings.map((setting) => {
    const found = plainPatient(folder, setting, index);
    if (found === undefined)
      return {
        findings: [error(record, `setting ${setting.id}: no patient could be made up who stands in it`)],
        answer: [],
      };
    const { answer } = prepare(found.patient, index, NO_MODEL, { tryMissing: false });
    if (answer.kind === 'abstained')
      return {
        findings: [warning(record, `setting ${setting.id}: a plain patient gets no answer (${answer.message})`)],
        answer: [],
      };
    const decisions = Object.fromEntries(
      answer.decisions.map(({ id }) => [
        id,
        firstOf(
          answer.candidates.filter((c) => c.decision.id === id),
          answer.setting.certain,
        ),
      ]),
    );
    const said = Object.values(decisions);
    const strong = said.some((first) => first === 'recommended' || first === 'provisional');
    const words = Object.entries(decisions).map(([id, first]) => `${id}: ${first}`);
    return {
      findings: strong
        ? []
        : [
            warning(
              record,
              `setting ${setting.id}: a plain patient has no first choice (${words.join(', ') || 'no question open'})`,
            ),
          ],
      answer: [{ cancer: folder.profile.id, setting: setting.id, decisions }],
    };
  });
}

function firstOf(candidates: readonly Candidate[], certain: boolean): PlainAnswer['decisions'][string] {
  const standing = candidates.map((c) => ({
    ...standingOf(c, certain),
    strong: c.indication.strength === 'strong-for',
  }));
  if (standing.some((s) => s.band === 'recommended')) return 'recommended';
  if (standing.some((s) => s.band === 'consider' && s.provisional && s.strong)) return 'provisional';
  return standing.some((s) => s.band === 'consider') ? 'weak' : 'none';
}
