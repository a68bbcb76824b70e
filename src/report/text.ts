// The doctor's page for a terminal: who, what was read, the decisions with their options in three bands, what is missing, and the
// versions that make the answer replayable. It formats a record and decides nothing.
import type { CaseRecord, ErrorRecord, Option, PatientSummary, Recommendation } from '../domain/recommendation.js';
import { bullets, heading, labelled, wrap } from './text-layout.js';
import { notRecommendedLines, optionLines } from './text-option.js';
import { readingLines } from './text-reading.js';

export function renderText(record: CaseRecord): string {
  const lines = record.status === 'error' ? faultLines(record) : recommendationLines(record);
  return `${lines.join('\n')}\n`;
}

function faultLines({ case: name, faults }: ErrorRecord): readonly string[] {
  return [
    ...wrap(`${name}: this input could not be used`, 0, 0),
    ...faults.flatMap(({ place, message }) => wrap(`- ${place}: ${message}`, 2, 2)),
  ];
}

function recommendationLines(record: Recommendation): readonly string[] {
  return [
    '='.repeat(100),
    ...wrap(`${record.case}, as of ${record.asOf}`, 0, 0),
    ...wrap(whoInWords(record.patient), 0, 0),
    '='.repeat(100),
    ...readLines(record.patient),
    ...scoreLines(record),
    ...readingLines(record),
    ...reasonLines(record),
    ...record.decisions.flatMap((decision, i) => decisionLines(record, decision, i + 1)),
    ...missingLines(record),
    ...protocol(record),
    ...(record.notes.length > 0 ? [...heading('Notes'), ...bullets(record.notes)] : []),
    ...versionLines(record),
  ];
}

/** What the local protocol moved, against the ranking without it. */
function protocol({ protocol: local }: Recommendation): readonly string[] {
  if (local === undefined) return [];
  const lines = local.changes.map(
    ({ decision, regimen, before, after, reason }) =>
      `${decision}, ${regimen}: ${standing(before)} -> ${standing(after)} (${reason})`,
  );
  return [
    ...heading(`Local protocol: ${local.name}`),
    ...bullets([
      ...(local.note ? [local.note] : []),
      ...(lines.length > 0 ? lines : ['It changes nothing for this patient.']),
    ]),
  ];
}

type Standing = NonNullable<Recommendation['protocol']>['changes'][number]['before'];
const standing = ({ band, place }: Standing): string => (place === null ? band : `${band}, place ${place}`);

function whoInWords({ age, sex, cancer, stage, setting, line, ecog }: PatientSummary): string {
  return [
    [
      sex === 'female' ? 'Woman' : sex === 'male' ? 'Man' : 'Patient',
      age === null ? 'of unknown age' : `of ${age}`,
    ].join(' '),
    cancer ? `${cancer.name} (${cancer.oncotree})` : 'no single cancer to decide on',
    ...(cancer ? [stageInWords(stage, setting)] : []),
    ...(setting ? [`setting: ${setting.replaceAll('-', ' ')}`] : []),
    ...(line === null ? [] : [`line ${line}`]),
    ecog === null ? 'ECOG not known' : `ECOG ${ecog}`,
  ].join(', ');
}

/** The stage is that of the diagnosis; beside metastases that came later it would read as a contradiction. */
function stageInWords(stage: string | null, setting: string | null): string {
  if (stage === null) return 'stage not known';
  const later = setting !== null && /^metastatic|recurrence/.test(setting) && !stage.startsWith('IV');
  return later ? `stage ${stage} at diagnosis` : `stage ${stage}`;
}

function readLines({ biomarkers, treatments }: PatientSummary): readonly string[] {
  const markers = biomarkers.map(({ name, alteration, result, value }) =>
    [name, result, alteration, value && `(${value})`].filter(Boolean).join(' '),
  );
  return [
    ...labelled('Biomarkers', markers.length > 0 ? markers.join('; ') : 'none recorded', 0),
    ...labelled('Treatment', treatments.length > 0 ? 'oldest first' : 'none recorded', 0),
    ...bullets(treatments, 12),
  ];
}

function scoreLines({ scores = [] }: Recommendation): readonly string[] {
  if (scores.length === 0) return [];
  const lines = scores.map(
    ({ name, value, means, workings }) =>
      `${name}: ${value ?? 'open'}${means === undefined ? '' : `, ${means}`} (${workings})`,
  );
  return [...labelled('Scores', 'published, from the facts on record', 0), ...bullets(lines, 12)];
}

function reasonLines({ status, reason }: Recommendation): readonly string[] {
  if (status !== 'abstained' || !reason) return [];
  return [...heading('No recommendation'), ...wrap(`${reason.message} [${reason.code}]`, 0, 0)];
}

type DecisionPoint = Recommendation['decisions'][number];

function decisionLines(record: Recommendation, decision: DecisionPoint, number: number): readonly string[] {
  const options = record.options.filter((option) => option.decision === decision.id);
  const against = options.filter((option) => option.band === 'not-recommended');
  const excluded = record.excluded.filter((e) => e.decision === decision.id);
  return [
    ...heading(`${number}. ${decision.question}`),
    ...bandLines(
      'RECOMMENDED',
      options.filter((option) => option.band === 'recommended'),
    ),
    ...bandLines(
      'CONSIDER',
      options.filter((option) => option.band === 'consider' && !option.provisional),
    ),
    ...provisionalLines(options.filter((option) => option.band === 'consider' && option.provisional)),
    ...(against.length > 0 ? ['', '  NOT RECOMMENDED', ...against.flatMap(notRecommendedLines)] : []),
    ...(excluded.length > 0 ? ['', '  REJECTED, as the criteria are not met', ...excludedLines(excluded)] : []),
  ];
}

const bandLines = (name: string, options: readonly Option[]): readonly string[] =>
  options.length > 0 ? ['', `  ${name}`, ...options.flatMap(optionLines)] : [];

/** Options that wait for a fact: in full while they are few or all there is, else a line each. */
const MOST_PROVISIONAL = 3;

function provisionalLines(options: readonly Option[]): readonly string[] {
  if (options.length === 0) return [];
  const full = options.slice(0, MOST_PROVISIONAL);
  const rest = options.slice(MOST_PROVISIONAL);
  return [
    '',
    '  CONSIDER IF (provisional: depends on what is not known)',
    ...full.flatMap(optionLines),
    ...(rest.length > 0 ? [''] : []),
    ...rest.flatMap(({ rank, regimen, because }) =>
      wrap(`${rank}. ${regimen.name} [${regimen.id}]: ${because.join(' ')}`, 2, 3),
    ),
  ];
}

/** The nearest misses; the record holds all of them. */
const MOST_REJECTED = 8;

function excludedLines(excluded: Recommendation['excluded']): readonly string[] {
  const rest = excluded.length - MOST_REJECTED;
  return [
    ...excluded
      .slice(0, MOST_REJECTED)
      .flatMap(({ regimen, reasons }) => wrap(`- ${regimen}: ${reasons.join('; ')}`, 4, 2)),
    ...(rest > 0 ? [`    and ${rest} more, in the JSON record; \`shipa explain\` tells of each`] : []),
  ];
}

function missingLines({ missing }: Recommendation): readonly string[] {
  if (missing.length === 0) return [];
  const line = ({ item, why, changesFirstOption }: Recommendation['missing'][number]) =>
    `${changesFirstOption ? '[would change a first option] ' : ''}${item}: ${why}`;
  return [...heading('What is missing'), ...bullets(missing.map(line))];
}

function versionLines({ versions }: Recommendation): readonly string[] {
  const { corpus, model, features, code, input } = versions;
  const short = (hash: string) => hash.slice(0, 12);
  const words = `corpus ${short(corpus)}, model ${model}, features ${short(features)}, code ${code}, input ${short(input)}`;
  return ['', ...wrap(`Versions: ${words}`, 0, 2)];
}
