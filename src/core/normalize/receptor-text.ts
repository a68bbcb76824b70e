// Receptors told in one line of text, "ER+/PR 40 %, HER2 2+ (FISH not amplified), Ki-67 20 %": cut at each marker, so that each piece
// becomes an observation of its own. Used for results typed as text, conclusions of reports and the words of a diagnosis.
import type { ConditionEntry, Entry, ObservationEntry, ReportEntry } from '../../domain/history.js';
import { conceptTexts } from './reading-log.js';
import { rememberedSaid } from './said.js';

/** A marker and what is said of it, in words that the readers of single observations understand. */
export interface Said {
  readonly name: 'ER' | 'PR' | 'ER+PR' | 'HER2' | 'Ki-67';
  readonly value: string;
}

const NAMES: readonly (readonly [Said['name'], string])[] = [
  ['ER+PR', 'er\\/pr|hr|hormone receptors?|гормональн\\p{L}* рецептор\\p{L}*'],
  ['ER', 'er|o?estrogen[ -]receptors?|рэ|эр|рецептор\\p{L}* (?:к )?эстроген\\p{L}*'],
  ['PR', 'pr|pgr|progesterone[ -]receptors?|рп|пр|рецептор\\p{L}* (?:к )?прогестерон\\p{L}*'],
  ['HER2', 'her[- ]?2(?:\\/neu|[- ]neu)?|c-erbb-?2|хер-?2'],
  ['Ki-67', 'ki-?67'],
];
/** Also ends a piece: markers that are read elsewhere. */
const OTHERS = 'pd-?l1|androgen receptor|gata-?3|e-cadherin|ck5\\/6|p53|egfr';
const MARK = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${[...NAMES.map(([, words]) => words), OTHERS].join('|')})(?![\\p{L}\\p{N}])`,
  'giu',
);
const TRIPLE_NEGATIVE = /triple[ -]negative|\btnbc\b|(?:трижды|тройн\p{L}*)[ -]?негативн/iu;
const VALUE =
  /\d|\+|positiv|\bpos\b|negativ|\bneg\b|\blow\b|ultra-?low|equivoc|express|amplif|положит|отрицат|экспресс|амплиф|позитив|негатив/iu;

/** What a text says of receptors; [] when nothing is said plainly. The first mention of a marker counts. */
export function receptorsIn(text: string): readonly Said[] {
  if (TRIPLE_NEGATIVE.test(text) && !/\b(?:not|non|no)[ -]+triple|не (?:трижды|тройн)/iu.test(text))
    return [
      { name: 'ER', value: 'negative' },
      { name: 'PR', value: 'negative' },
      { name: 'HER2', value: 'negative' },
    ];
  const said: Said[] = [];
  for (const piece of sentences(text)) {
    // "ER and PR negative": a marker without a value of its own shares the next one's.
    let waiting: Said['name'][] = [];
    for (const { name, rest } of cut(piece)) {
      if (name === undefined) waiting = [];
      else if (/^[\s/&,+]*(?:and|и)?\s*$/iu.test(rest) && !/^\s*\+/.test(rest)) waiting.push(name);
      else {
        const value = valueIn(name, rest);
        if (value !== undefined) said.push(...[...waiting, name].map((n) => ({ name: n, value })));
        waiting = [];
      }
    }
  }
  return said.filter((s, i) => said.findIndex((other) => other.name === s.name) === i);
}

/** Sentences and lines; what hybridisation found belongs to the sentence before. */
const sentences = (text: string): readonly string[] =>
  text.split(/(?:;|\n|(?<!\d)\.(?=\s|$)|(?<=\d)\.(?=\s+\p{L}|$))(?!\s*(?:fish|d?ish|cish|sish|in situ|her2 fish))/iu);

function cut(piece: string): readonly { readonly name: Said['name'] | undefined; readonly rest: string }[] {
  const marks = [...piece.matchAll(MARK)];
  return marks.map((mark, i) => ({
    name: NAMES.find(([, words]) => new RegExp(`^(?:${words})$`, 'iu').test(mark[0]))?.[0],
    rest: piece.slice(mark.index + mark[0].length, marks[i + 1]?.index),
  }));
}

function valueIn(name: Said['name'], rest: string): string | undefined {
  const bare = (text: string): string =>
    text
      .replace(/^[\s:=\-–−(+)/,]+/, '')
      .replace(/[\s,/(+]+$/, '')
      .trim();
  const plus = /^\s*[(:=]?\s*(\+{1,3})(?!\s*\d)/.exec(rest)?.[1];
  if (plus !== undefined && name === 'HER2' && plus.length > 1) return `${plus.length}+ ${bare(rest)}`.trim();
  if (plus !== undefined) return `positive ${bare(rest)}`.trim();
  if (MINUS.test(rest)) return 'negative';
  // A dash, a colon or a bracket before the value says nothing.
  const value = rest
    .replace(/^[\s:=\-–−(]+/, '')
    .replace(/[\s,/(]+$/, '')
    .trim();
  return VALUE.test(value) ? value : undefined;
}

/** "HER2-", "ER (-)", "HER2- breast cancer"; not the dash of "HER2 - 3+" or "HER2-low". */
const MINUS =
  /^(?:\s*\(?[-−–]\)?\s*(?:[/,;.)(]|$)|[-−–]\s+(?!pos|neg|\d|low|ultra|equi|ampl|полож|отриц|позит|негат))/iu;

const PATHOLOGY =
  /immunohisto|\bihc\b|игх|иммуногистохим|patholog|histolog|гистолог|biopsy|биопси|receptor|рецептор|tumou?r marker|biomarker|морфологич|molecular subtype|молекулярн\p{L}* подтип|биологическ\p{L}* подтип|phenotype/iu;
/** LOINC: pathology report final diagnosis, synoptic, surgical pathology study, immune stain study. */
const PATHOLOGY_LOINC: ReadonlySet<string> = new Set(['22637-3', '60568-3', '11529-5', '55229-9', '22634-0']);
const RELATIVE = /family|relative|sister|mother|daughter|семейн|сестр|мать|матер/iu;

/** Is the observation a pathology result typed as text? */
export const isPathologyText = (entry: ObservationEntry): boolean =>
  entry.value !== undefined &&
  textOf(entry) !== '' &&
  !RELATIVE.test(conceptTexts(entry.code).join(' ')) &&
  (PATHOLOGY.test(conceptTexts(entry.code).join(' ')) ||
    entry.code.codings.some((c) => c.code !== undefined && PATHOLOGY_LOINC.has(c.code)));

const textOf = (entry: ObservationEntry): string =>
  entry.value?.kind === 'text'
    ? entry.value.text
    : entry.value?.kind === 'concept'
      ? conceptTexts(entry.value.concept).join('; ')
      : '';

/** The receptors of a typed pathology result, of a report, or of the words and notes of a diagnosis: one observation each. */
export const receptorObservations = (entry: Entry): readonly ObservationEntry[] => received(entry, WORDS_ALONE);

/** The words alone decide; no terminology is asked. */
const WORDS_ALONE = {};
const received = rememberedSaid(readReceptors, (observations, entry) => {
  if (observations.length === 0) return observations;
  const date = entry.kind === 'condition' ? (entry.recordedDate ?? entry.date) : entry.date;
  return observations.map((o) => ({ ...o, source: entry.source, ...(date === undefined ? {} : { date }) }));
});

function readReceptors(entry: Entry): readonly ObservationEntry[] {
  if (entry.kind === 'observation') return isPathologyText(entry) ? parts(entry, [textOf(entry)]) : [];
  if (entry.kind === 'report')
    return parts(entry, [
      ...(entry.text === undefined ? [] : [entry.text]),
      ...entry.conclusions.flatMap(conceptTexts),
    ]);
  return entry.kind === 'condition' ? parts(entry, [...conceptTexts(entry.code), ...(entry.notes ?? [])]) : [];
}

function parts(
  entry: ObservationEntry | ReportEntry | ConditionEntry,
  texts: readonly string[],
): readonly ObservationEntry[] {
  const said = texts.flatMap(receptorsIn);
  return said
    .filter((s, i) => said.findIndex((other) => other.name === s.name) === i)
    .map(({ name, value }) => ({
      kind: 'observation',
      code: { codings: [], text: name },
      value: { kind: 'text', text: value },
      interpretations: [],
      components: [],
      source: entry.source,
      ...(entry.kind !== 'condition' && entry.status !== undefined ? { status: entry.status } : {}),
      ...(entry.kind === 'observation' && entry.specimen !== undefined ? { specimen: entry.specimen } : {}),
    }));
}
