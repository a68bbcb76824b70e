// What extraction read -> the values of a draft: each number at its field with its span; what fits no field is listed with the reason.
// Nothing is decided here and nothing is mended: a reviewer does both.
import type { ExtractedResult, LiteratureDocument, Span, TrialFacts } from '../../domain/literature.js';
import type { Triage } from '../triage/triage.js';
import type { LeftOut, Proposed } from './event.js';
import { outcomeName, resultHead } from './field.js';
import { effectText, figureText } from './value-text.js';

export interface ReadDocument {
  readonly document: LiteratureDocument;
  readonly trial: TrialFacts;
  readonly results: readonly ExtractedResult[];
  readonly triage: Triage;
}

/** Regimen of the corpus that an arm may be, by its name in the text. */
export type SuggestRegimen = (arm: string, cancer: string | undefined) => string | undefined;

export interface Proposal {
  readonly values: readonly Proposed[];
  readonly leftOut: readonly LeftOut[];
}

const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

export function propose(read: ReadDocument, suggest: SuggestRegimen): Proposal {
  const arms = armNames(read);
  const cancer = read.triage.cancers[0];
  const head: Proposed[] = [
    ...studyValues(read, cancer),
    ...arms.flatMap((name, i): Proposed[] => {
      const letter = LETTERS[i];
      if (letter === undefined) return [];
      const regimen = suggest(name, cancer);
      const own: Proposed = { field: `arm.${letter}`, value: name };
      return regimen === undefined
        ? [own]
        : [own, { field: `arm.${letter}.regimen`, value: regimen, note: 'suggested by its drugs' }];
    }),
  ];
  const values = new Map(head.map((value) => [value.field, value]));
  const leftOut: LeftOut[] = [];
  for (const result of read.results) {
    const placed = place(result, arms);
    if ('why' in placed) leftOut.push(placed);
    else if (values.has(placed.field))
      leftOut.push({ what: placed.value, why: `${placed.field} was read before`, span: result.span });
    else values.set(placed.field, placed);
  }
  const figures = [...values.keys()].filter((field) => !field.startsWith('arm.'));
  const idle = LETTERS.slice(2).filter((letter) => !figures.some((field) => field.endsWith(`.${letter}`)));
  return {
    values: [...values.values()].filter(({ field }) => !idle.some((letter) => field.startsWith(`arm.${letter}`))),
    leftOut,
  };
}

/** Arms in order (a third is kept only where a figure is of it): as the document as a whole names them, then as single results do. */
function armNames({ trial, results }: ReadDocument): string[] {
  const pair = results.find(
    (r) => r.measure !== 'median' && r.measure !== 'rate' && r.intervention !== null && r.comparator !== null,
  );
  const named = [
    ...(trial.arms.length > 0 ? trial.arms : [pair?.intervention ?? null, pair?.comparator ?? null]),
    ...results.flatMap((r) => [r.intervention, r.comparator]),
  ].filter((name) => name !== null);
  const seen = new Map(named.map((name) => [key(name), name] as const).reverse());
  const distinct = [...new Set(named.map(key))].map((k) => seen.get(k) ?? k);
  return distinct.length === 0 ? ['all patients'] : distinct.slice(0, LETTERS.length);
}

const key = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^(?:the|a)\s+|\s+(?:arm|group|alone)$/g, '')
    .trim();

function studyValues({ document, trial, triage }: ReadDocument, cancer: string | undefined): Proposed[] {
  const title = document.text.slice(0, document.titleLength).replace(/\s+/g, ' ').trim();
  const design = {
    'meta-analysis': 'meta-analysis',
    randomised: 'randomised',
    'single-arm': 'single-arm',
    cohort: 'cohort',
  };
  const told = Object.entries(design).find(([name]) => name === triage.design)?.[1];
  const phase = PHASES.find((p) => p === trial.phase) ?? (triage.design === 'cohort' ? 'observational' : undefined);
  const pairs: [string, string | null | undefined, string?][] = [
    ['name', trial.name],
    ['title', title === '' ? null : title],
    ['nct', trial.nct.length === 1 ? trial.nct[0] : null],
    ['pmid', document.pmid],
    ['phase', triage.design === 'meta-analysis' ? 'meta-analysis' : phase],
    ['design', told, `triage, probability ${triage.probability.design}${triage.doubtful ? ', doubtful' : ''}`],
    ['cancer', cancer, 'by the words of the text'],
    ['population', trial.population],
  ];
  return pairs.flatMap(([field, value, note]) =>
    value === null || value === undefined ? [] : [{ field, value, ...(note !== undefined && { note }) }],
  );
}

const PHASES = ['1', '1/2', '2', '2/3', '3', '4'];

function place(result: ExtractedResult, arms: readonly string[]): Proposed | LeftOut {
  const { measure, outcome, span } = result;
  const left = (why: string): LeftOut => ({ what: shown(result), why, span });
  const letter = (name: string | null): string | undefined => {
    const at = name === null ? -1 : arms.findIndex((arm) => key(arm) === key(name));
    return at < 0 ? undefined : LETTERS[at];
  };
  if (outcome === null) return left('which outcome it is of could not be told');
  if (measure === 'rate' && /^grade 3-5 adverse events$/.test(outcome)) {
    const arm = letter(result.intervention) ?? (arms.length === 1 ? 'a' : undefined);
    return arm === undefined ? left('which arm it is of could not be told') : figure(`harm.${arm}`, result, span);
  }
  const name = outcomeName(
    outcome === 'time to progression'
      ? 'TTP'
      : outcome === 'time to treatment failure'
        ? 'TTF'
        : measure === 'HR' && /^(?:all[ -]cause |overall )?mortality(?: rates?)?$/i.test(outcome)
          ? 'OS' // the hazard ratio for death is that of overall survival
          : outcome,
  );
  if (name === undefined) return left(`"${outcome}" is no outcome of a study record`);
  const head = resultHead(name, result.subgroup ?? undefined);
  if (measure !== 'median' && measure !== 'rate') return effect(head, result, arms, left);
  const arm = letter(result.intervention) ?? (arms.length === 1 ? 'a' : undefined);
  if (arm === undefined) return left('which arm it is of could not be told');
  if (measure === 'median') return median(`${head}.median.${arm}`, result, left);
  if (name === 'ORR' || name === 'pCR') return figure(`${head}.rate.${arm}`, result, span);
  const months = monthsOf(result.at);
  return months === undefined
    ? left('at which time it holds could not be told')
    : figure(`${head}.at.${months}.${arm}`, result, span);
}

function effect(
  head: string,
  result: ExtractedResult,
  arms: readonly string[],
  left: (why: string) => LeftOut,
): Proposed | LeftOut {
  const { intervention, comparator, low, high, level, p, value } = result;
  const measure = result.measure as 'HR' | 'OR' | 'RR' | 'MD'; // Medians and rates were told apart before.
  const [a, b] = arms.map(key);
  const reversed = intervention !== null && comparator !== null && key(intervention) === b && key(comparator) === a;
  if (reversed) return left('it compares the arms the other way round; enter it by hand if it is to be kept');
  return {
    field: `${head}.effect`,
    value: effectText({
      measure,
      value,
      ...(low !== null && { low }),
      ...(high !== null && { high }),
      ...(level !== null && { level: level / 100 }),
      ...(p !== null && { p }),
    }),
    span: result.span,
    ...((intervention === null || comparator === null) && {
      note: 'the text does not say which arms: taken as a against b',
    }),
  };
}

const PER_MONTH: Readonly<Record<string, number>> = { month: 1, week: 7 / 30.4375, day: 1 / 30.4375, year: 12 };

function median(field: string, result: ExtractedResult, left: (why: string) => LeftOut): Proposed | LeftOut {
  const unit = (result.unit ?? '').replace(/s$/, '');
  const factor = PER_MONTH[unit];
  if (factor === undefined) return left(`a median in "${result.unit ?? 'no unit'}"`);
  const months = (n: number): number => (factor === 1 ? n : Math.round(n * factor * 10) / 10);
  const { value, low, high } = result;
  return {
    field,
    value: figureText(
      { value: months(value), ...(low !== null && { low: months(low) }), ...(high !== null && { high: months(high) }) },
      false,
    ),
    span: result.span,
    ...(factor !== 1 && { note: `${value} ${result.unit} in the text` }),
  };
}

function figure(field: string, { value, low, high }: ExtractedResult, span: Span): Proposed {
  return {
    field,
    value: figureText({ value, ...(low !== null && { low }), ...(high !== null && { high }) }, true),
    span,
  };
}

/** "5-year", "18 months" -> months. */
export function monthsOf(at: string | null): number | undefined {
  const [, number, unit] = /(\d+(?:\.\d+)?)[- ]?(month|year|week|day)/i.exec(at ?? '') ?? [];
  const factor = unit === undefined ? undefined : PER_MONTH[unit.toLowerCase()];
  return number === undefined || factor === undefined ? undefined : Math.round(Number(number) * factor * 10) / 10;
}

const shown = (r: ExtractedResult): string =>
  `${r.measure} ${r.value}${r.unit === '%' ? '%' : r.unit === null ? '' : ` ${r.unit}`}${r.low === null ? '' : ` (${r.low} to ${r.high ?? ''})`}${r.outcome === null ? '' : ` ${r.outcome}`}${r.at === null ? '' : ` at ${r.at}`}`;
