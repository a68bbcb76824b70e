// Markers, receptors and findings of the sentences -> observations. Of a marker or a fact told more than once the last telling counts.
import type { Entry, ObservationEntry, RawValue } from '../../domain/history.js';
import type { PartialDate } from '../../domain/partial-date.js';
import type { Terminology } from '../normalize/terminology.js';
import type { Place } from './diagnosis-settled.js';
import { findingsIn } from './finding.js';
import { OF_TOXICITY } from './finding-alias.js';
import type { Lexicon } from './lexicon.js';
import { markersIn } from './marker.js';
import { ofThen } from './plain-fact.js';
import { datesIn } from './reading-date.js';
import { receptorsSaid } from './receptor.js';
import type { Sentence } from './sentence.js';
import { headedSignificance } from './significance.js';

const observation = (
  name: string,
  value: RawValue,
  source: ObservationEntry['source'],
  date: PartialDate | undefined,
): ObservationEntry => ({
  kind: 'observation',
  code: { codings: [], text: name },
  value,
  interpretations: [],
  components: [],
  source,
  ...(date === undefined ? {} : { date }),
});

export function markerEntries(
  sentences: readonly Sentence[],
  lexicon: Lexicon,
  asOf: PartialDate,
  place: Place,
): readonly Entry[] {
  const found: MarkerFound[] = [];
  const headed = headedSignificance(sentences);
  for (const [i, s] of sentences.entries()) {
    const date = onlyDate(s, asOf) ?? s.day;
    const said = [
      ...markersIn(s, lexicon).map((m) => ({
        name: m.name,
        value: m.germline && !/germ|герм/i.test(m.value) ? `germline ${m.value}` : m.value,
        start: m.start,
        end: m.end,
        inferred: m.inferred,
      })),
      ...receptorsSaid(s).map((r) => ({ ...r, inferred: undefined })),
    ];
    for (const { name, value: written, start, end, inferred } of said) {
      const value = headed[i] === undefined ? written : `${written}, ${headed[i]}`;
      const entry = {
        ...observation(name, scoreValue(name, value), place(s.start + start, s.start + end), date),
        ...(inferred !== undefined && { inferred }),
      };
      found.push({ key: `${name}|${value}`, name, sentence: s, entry });
    }
  }
  return withoutOlder(found.filter((f, i) => found.findIndex((g) => g.key === f.key) === i)).map((f) => f.entry);
}

interface MarkerFound {
  readonly key: string;
  readonly name: string;
  readonly sentence: Sentence;
  readonly entry: ObservationEntry;
}

const RECEPTOR = /^(?:ER|PR|ER\+PR|HER2|Ki-67)$/;
const NEW_SPECIMEN =
  /\bre-?biops|\bbiops\w*[^.;]{0,60}(?:metasta|\bmets?\b|recurr|liver|bone|iliac|lung|node|pleur|periton)|\bmetastatic (?:carcinoma|adenocarcinoma)|(?<!\p{L})ребиопс|(?<!\p{L})биопси\p{L}*[^.;]{0,60}(?:мтс|метаст|рецидив|печен|кост|легк)/u;

/** Receptors of a metastasis that was biopsied later count instead of those of the primary, where neither has a day. */
const withoutOlder = (found: readonly MarkerFound[]): readonly MarkerFound[] =>
  found.filter(
    (f, i) =>
      !RECEPTOR.test(f.name) ||
      !found
        .slice(i + 1)
        .some(
          (o) =>
            o.name === f.name &&
            o.sentence !== f.sentence &&
            o.entry.date === f.entry.date &&
            NEW_SPECIMEN.test(o.sentence.plain),
        ),
  );

/** "PD-L1 TPS" "60 %" as a quantity, so that "<1 %" and ">=50" keep their sign. */
function scoreValue(name: string, written: string): RawValue {
  const value = written.replace(/\b(?:22c3|28-8|sp142|sp263|73-10)\b/gi, '').replace(/approx\.?|около|~/giu, ' ');
  const m = /^\D{0,24}?(>=|<=|≥|≤|<|>)?\s*(\d{1,3}(?:[.,]\d)?)\s*(%)?(?![\d+])/u.exec(value);
  if (
    !/^(?:PD-L1|Ki-67$)/.test(name) ||
    m === null ||
    /\d\s*(?:-|–)\s*\d/.test(value) ||
    /tps.*cps|cps.*tps/i.test(value)
  )
    return { kind: 'text', text: value };
  const sign = m[1] === undefined ? undefined : m[1] === '≥' ? '>=' : m[1] === '≤' ? '<=' : m[1];
  const unit = name === 'PD-L1 CPS' ? undefined : '%';
  return {
    kind: 'quantity',
    quantity: {
      value: Number((m[2] ?? '').replace(',', '.')),
      ...(unit === undefined ? {} : { unit }),
      ...(sign === undefined ? {} : { comparator: sign as '<' }),
    },
  };
}

const onlyDate = (s: Sentence, asOf: PartialDate): PartialDate | undefined => {
  const dates = datesIn(s.plain, s.day ?? asOf);
  return dates.length === 1 && dates[0] !== undefined && dates[0].date <= asOf && dates[0].grain !== 'year'
    ? dates[0].date
    : undefined;
};

export function findingEntries(
  sentences: readonly Sentence[],
  lexicon: Lexicon,
  terms: Terminology,
  asOf: PartialDate,
  place: Place,
): readonly Entry[] {
  const last = new Map<string, ObservationEntry>();
  for (const s of sentences)
    for (const f of findingsIn(s, lexicon, terms)) {
      if (f.fact === 'resectable' && ofThen(s.plain, f.start, f.end)) continue;
      if (f.fact === 'grade' && OF_TOXICITY.test(s.plain.slice(0, f.start))) continue;
      last.delete(f.fact);
      last.set(
        f.fact,
        observation(f.name, f.value, place(s.start + f.start, s.start + f.end), onlyDate(s, asOf) ?? s.day ?? asOf),
      );
    }
  // Pain of the bone is a symptom of the cancer as well, and no other fact says so.
  const pain = last.get('bone-pain');
  const symptom = terms.term('fact', 'symptomatic');
  return pain === undefined || last.has('symptomatic') || symptom === undefined
    ? [...last.values()]
    : [...last.values(), { ...pain, code: { codings: [], text: symptom.phrases[0] ?? symptom.name.en } }];
}
