// The doctor's page for a terminal: who, what was read, the decisions with their options in three bands, what is missing, and the
// versions that make the answer replayable. It formats a record and decides nothing.
import type { CaseRecord, ErrorRecord, Option, PatientSummary, Recommendation } from '../domain/recommendation.js';
import { bullets, heading, labelled, wrap } from './text-layout.js';
import { notRecommendedLines, optionLines } from './text-option.js';
import { readingLines } from './text-reading.js';
import { type Say, saying, sayWord } from './words.js';

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
  const say = saying(record.asked?.lang);
  return [
    '='.repeat(100),
    ...wrap(say('{name}, as of {date}', { name: record.case, date: record.asOf }), 0, 0),
    ...wrap(whoInWords(record.patient, say), 0, 0),
    '='.repeat(100),
    ...readLines(record.patient, say),
    ...scoreLines(record, say),
    ...readingLines(record),
    ...reasonLines(record, say),
    ...record.decisions.flatMap((decision, i) => decisionLines(record, decision, i + 1, say)),
    ...missingLines(record, say),
    ...protocol(record, say),
    ...(record.notes.length > 0 ? [...heading(say('Notes')), ...bullets(record.notes)] : []),
    ...versionLines(record, say),
  ];
}

/** What the local protocol moved, against the ranking without it. */
function protocol({ protocol: local }: Recommendation, say: Say): readonly string[] {
  if (local === undefined) return [];
  const lines = local.changes.map(
    ({ decision, regimen, before, after, reason }) =>
      `${decision}, ${regimen}: ${standing(before, say)} -> ${standing(after, say)} (${reason})`,
  );
  return [
    ...heading(say('Local protocol: {name}', { name: local.name })),
    ...bullets([
      ...(local.note ? [local.note] : []),
      ...(lines.length > 0 ? lines : [say('It changes nothing for this patient.')]),
    ]),
  ];
}

type Standing = NonNullable<Recommendation['protocol']>['changes'][number]['before'];
const standing = ({ band, place }: Standing, say: Say): string =>
  place === null ? sayWord(say, band) : say('{band}, place {place}', { band: sayWord(say, band), place });

function whoInWords({ age, sex, cancer, stage, setting, settingName, line, ecog }: PatientSummary, say: Say): string {
  const person = sex === 'female' ? 'Woman' : sex === 'male' ? 'Man' : 'Patient';
  return [
    age === null ? say(`${person} of unknown age`) : say(`${person} of {age}`, { age }),
    cancer ? `${cancer.name} (${cancer.oncotree})` : say('no single cancer to decide on'),
    ...(cancer ? [stageInWords(stage, setting, say)] : []),
    ...(setting ? [say('setting: {name}', { name: settingName ?? setting.replaceAll('-', ' ') })] : []),
    ...(line === null ? [] : [say('line {n}', { n: line })]),
    ecog === null ? say('ECOG not known') : `ECOG ${ecog}`,
  ].join(', ');
}

/** The stage is that of the diagnosis; beside metastases that came later it would read as a contradiction. */
function stageInWords(stage: string | null, setting: string | null, say: Say): string {
  if (stage === null) return say('stage not known');
  const later = setting !== null && /^metastatic|recurrence/.test(setting) && !stage.startsWith('IV');
  return say(later ? 'stage {stage} at diagnosis' : 'stage {stage}', { stage });
}

function readLines({ biomarkers, treatments }: PatientSummary, say: Say): readonly string[] {
  const markers = biomarkers.map(({ name, alteration, result, value }) =>
    [name, sayWord(say, result), alteration, value && `(${value})`].filter(Boolean).join(' '),
  );
  return [
    ...labelled(say('Biomarkers'), markers.length > 0 ? markers.join('; ') : say('none recorded'), 0),
    ...labelled(say('Treatment'), say(treatments.length > 0 ? 'oldest first' : 'none recorded'), 0),
    ...bullets(treatments, 12),
  ];
}

function scoreLines({ scores = [] }: Recommendation, say: Say): readonly string[] {
  if (scores.length === 0) return [];
  const lines = scores.map(
    ({ name, value, means, workings }) =>
      `${name}: ${value ?? say('open')}${means === undefined ? '' : `, ${means}`} (${workings})`,
  );
  return [...labelled(say('Scores'), say('published, from the facts on record'), 0), ...bullets(lines, 12)];
}

function reasonLines({ status, reason }: Recommendation, say: Say): readonly string[] {
  if (status !== 'abstained' || !reason) return [];
  return [...heading(say('No recommendation')), ...wrap(`${reason.message} [${reason.code}]`, 0, 0)];
}

type DecisionPoint = Recommendation['decisions'][number];

function decisionLines(record: Recommendation, decision: DecisionPoint, number: number, say: Say): readonly string[] {
  const options = record.options.filter((option) => option.decision === decision.id);
  const against = options.filter((option) => option.band === 'not-recommended');
  const excluded = record.excluded.filter((e) => e.decision === decision.id);
  return [
    ...heading(`${number}. ${decision.question}`),
    ...bandLines(
      'RECOMMENDED',
      options.filter((option) => option.band === 'recommended'),
      say,
    ),
    ...bandLines(
      'CONSIDER',
      options.filter((option) => option.band === 'consider' && !option.provisional),
      say,
    ),
    ...provisionalLines(
      options.filter((option) => option.band === 'consider' && option.provisional),
      say,
    ),
    ...(against.length > 0 ? ['', `  ${say('NOT RECOMMENDED')}`, ...against.flatMap(notRecommendedLines)] : []),
    ...(excluded.length > 0
      ? ['', `  ${say('REJECTED, as the criteria are not met')}`, ...excludedLines(excluded, say)]
      : []),
  ];
}

const bandLines = (name: 'RECOMMENDED' | 'CONSIDER', options: readonly Option[], say: Say): readonly string[] =>
  options.length > 0 ? ['', `  ${say(name)}`, ...options.flatMap((option) => optionLines(option, say))] : [];

/** Options that wait for a fact: in full while they are few or all there is, else a line each. */
const MOST_PROVISIONAL = 3;

function provisionalLines(options: readonly Option[], say: Say): readonly string[] {
  if (options.length === 0) return [];
  const full = options.slice(0, MOST_PROVISIONAL);
  const rest = options.slice(MOST_PROVISIONAL);
  return [
    '',
    `  ${say('CONSIDER IF (provisional: depends on what is not known)')}`,
    ...full.flatMap((option) => optionLines(option, say)),
    ...(rest.length > 0 ? [''] : []),
    ...rest.flatMap(({ rank, regimen, because }) =>
      wrap(`${rank}. ${regimen.name} [${regimen.id}]: ${because.join(' ')}`, 2, 3),
    ),
  ];
}

/** The nearest misses; the record holds all of them. */
const MOST_REJECTED = 8;

function excludedLines(excluded: Recommendation['excluded'], say: Say): readonly string[] {
  const rest = excluded.length - MOST_REJECTED;
  return [
    ...excluded
      .slice(0, MOST_REJECTED)
      .flatMap(({ regimen, reasons }) => wrap(`- ${regimen}: ${reasons.join('; ')}`, 4, 2)),
    ...(rest > 0 ? [`    ${say('and {n} more, in the JSON record; `shipa explain` tells of each', { n: rest })}`] : []),
  ];
}

function missingLines({ missing }: Recommendation, say: Say): readonly string[] {
  if (missing.length === 0) return [];
  const line = ({ item, why, changesFirstOption }: Recommendation['missing'][number]) =>
    `${changesFirstOption ? `[${say('would change a first option')}] ` : ''}${item}: ${why}`;
  return [...heading(say('What is missing')), ...bullets(missing.map(line))];
}

function versionLines({ versions }: Recommendation, say: Say): readonly string[] {
  const { corpus, model, features, code, input } = versions;
  const short = (hash: string) => hash.slice(0, 12);
  const words = say('corpus {corpus}, model {model}, features {features}, code {code}, input {input}', {
    corpus: short(corpus),
    model,
    features: short(features),
    code,
    input: short(input),
  });
  return ['', ...wrap(`${say('Versions')}: ${words}`, 0, 2)];
}
