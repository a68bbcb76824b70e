// card.md of a triage model: what it is for, what it learnt from, how often it is right on what it never saw, and where it is weak.
import type { Example, Origin } from './examples.js';
import { DESIGNS, DOUBT } from './triage.js';
import type { TriageManifest } from './triage-manifest.js';
import {
  type ClassFigures,
  cancerShare,
  confusion,
  designFigures,
  designShare,
  type Judged,
  type Share,
  share,
  yesFigures,
} from './triage-metrics.js';
import { HEADS, type TriageWeights } from './weights.js';

export interface CardParts {
  readonly manifest: TriageManifest;
  readonly judged: readonly Judged[];
  readonly weights: TriageWeights;
  readonly columns: readonly string[];
  readonly backend: string;
}

const ORIGINS: Readonly<Record<Origin, string>> = {
  'evidence-inference': 'Evidence Inference 2.0: published reports of randomised trials, nearly all outside oncology',
  pubmedqa: 'PubMedQA, oncology questions: published abstracts, nearly all observational, labelled by us',
  'made-up': 'whole abstracts of our own (`corpus/triage/made-up.yaml`)',
  composed: 'abstracts composed of our own sentences (`corpus/triage/phrases.yaml`), training only',
};

export function triageCard({ manifest, judged, weights, columns, backend }: CardParts): string {
  const real = judged.filter(({ example }) => example.origin !== 'made-up');
  const own = judged.filter(({ example }) => example.origin === 'made-up');
  const doubtful = judged.filter(({ triage }) => triage.doubtful);
  const sure = judged.filter(({ triage }) => !triage.doubtful);
  return `# Triage of the literature ${manifest.version}

For: sorting abstracts before extraction: design, oncology or not, which cancer, whether treatments are compared. It orders a researcher's
reading; no recommendation follows from it, and every draft is read by a person before it counts.

Made by \`shipa corpus train-triage --seed ${manifest.seed}\`: ${columns.length} columns (${Object.keys(manifest.statements).length} groups of statements of design, ${manifest.cues.length} hints of design, ${manifest.subject.length} of oncology and
"a cancer is named", each at title, opening, body, outlook and anywhere; stems by Porter), linear heads fitted by TensorFlow.js (backend ${backend}), run by onnxruntime (operator set ${manifest.opset}). The cancer is not learnt: it
is named by the vocabulary of the corpus, so that a new cancer is known at once.

## Learnt from

| origin | training | held out |
|---|---|---|
${Object.entries(manifest.examples)
  .map(([origin, { train, heldOut }]) => `| ${ORIGINS[origin as Origin]} | ${train} | ${heldOut} |`)
  .join('\n')}

## Held out

| | right |
|---|---|
| design, all | ${shown(designShare(judged))} |
| design, published texts | ${shown(designShare(real))} |
| design, texts of our own | ${shown(designShare(own))} |
| always "randomised", all (baseline) | ${shown(baseline(judged))} |
| design where not called doubtful (p >= ${DOUBT}) | ${shown(designShare(sure))} |
| design where called doubtful | ${shown(designShare(doubtful))} |
| oncology: learnt | ${shown(
    answered(
      judged,
      ({ oncology }) => oncology,
      ({ triage }) => triage.oncology,
    ),
  )} |
| oncology: by the vocabulary alone (a cancer named anywhere) | ${shown(
    answered(
      judged,
      ({ oncology }) => oncology,
      ({ named }) => named,
    ),
  )} |
| compares treatments | ${shown(
    answered(
      judged,
      ({ compares }) => compares,
      ({ triage }) => triage.comparesTreatments,
    ),
  )} |
| first cancer named, where one is labelled | ${shown(cancerShare(judged))} |

${table(designFigures(judged))}

Texts of our own alone (the only held-out single-arm trials, meta-analyses and most reviews):

${table(designFigures(own))}

${table([
  yesFigures(
    judged,
    'oncology',
    (e) => e.oncology,
    (t) => t.oncology,
  ),
  yesFigures(
    judged,
    'compares treatments',
    (e) => e.compares,
    (t) => t.comparesTreatments,
  ),
])}

Rows labelled, columns answered:

${matrix(judged)}

Prevalence among the held out: ${DESIGNS.map((d) => `${d} ${judged.filter(({ example }) => example.design === d).length}`).join(', ')}. In PubMed
randomised trials are a few per cent of oncology, and cohorts and laboratory work most of it: precision of "randomised" there is lower than here.

## Heaviest phrases

${HEADS.map((head, h) => `- ${head}: ${heaviest(weights, columns, h).join('; ')}`).join('\n')}

## Weak spots

- Published single-arm trials, meta-analyses and reviews are not in the public data at hand: these classes are learnt from, and judged on, texts of our own, which
  are shorter and plainer than the published, by the hand that chose the phrases. Reviews of trials are taken for trials now and then.
- Published randomised trials of the data are almost all outside oncology, the observational studies all of it. Design and comparison are therefore
  learnt without the words of the subject, and oncology from these alone; a bias by other words of a subject cannot be excluded.
- Looked at once by hand, on 13 published abstracts found by search (7 reviews, 3 meta-analyses, one each of the others but randomised; texts not stored):
  7 right; of the 6 wrong 3 were called doubtful. Reviews and meta-analyses *of trials of one design* are taken for that design. Where the record carries
  MEDLINE's publication types these go first, and a disagreement is called doubtful.
- How strongly weights are held back was chosen with the held-out figures in sight (three settings tried), so these are a little too good.
- Labels were set by one reader; those of Evidence Inference are randomised by the making of that set, with the exceptions listed in \`corpus/triage/labels.csv\`.
- English only. A text without an abstract is judged by its title and is often doubtful.
- Secondary analyses of randomised trials count as randomised; a cohort cut from a trial is easily taken for one.
`;
}

const shown = ({ right, of, low, high }: Share): string =>
  of === 0 ? 'none' : `${right} of ${of} (${percent(right / of)}; 95 % ${percent(low)} to ${percent(high)})`;

const percent = (p: number): string => `${(100 * p).toFixed(1)} %`;

const table = (figures: readonly ClassFigures[]): string =>
  [
    '| | held out | precision | recall |',
    '|---|---|---|---|',
    ...figures.map((f) => `| ${f.name} | ${f.support} | ${orNone(f.precision)} | ${orNone(f.recall)} |`),
  ].join('\n');

const orNone = (value: number | null): string => (value === null ? '-' : value.toFixed(2));

function matrix(judged: readonly Judged[]): string {
  const counts = confusion(judged);
  return [
    `| | ${DESIGNS.join(' | ')} |`,
    `|---|${DESIGNS.map(() => '---').join('|')}|`,
    ...DESIGNS.map((row) => `| ${row} | ${DESIGNS.map((column) => counts[row][column]).join(' | ')} |`),
  ].join('\n');
}

function baseline(judged: readonly Judged[]): Share {
  const used = judged.filter(({ example }) => example.design !== undefined);
  return share(used.filter(({ example }) => example.design === 'randomised').length, used.length);
}

function answered(
  judged: readonly Judged[],
  label: (example: Example) => boolean | undefined,
  answer: (judged: Judged) => boolean,
): Share {
  const used = judged.filter(({ example }) => label(example) !== undefined);
  return share(used.filter((j) => label(j.example) === answer(j)).length, used.length);
}

function heaviest(weights: TriageWeights, columns: readonly string[], head: number): string[] {
  return columns
    .map((name, c) => ({ name, weight: weights.kernel[c * HEADS.length + head] ?? 0 }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 12)
    .map(({ name, weight }) => `${name} ${weight.toFixed(1)}`);
}
