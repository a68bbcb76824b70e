// What one edition of the corpus says differently from another, record by record, in words that a doctor follows.
import { type CorpusIndex, indexCorpus } from '../../core/corpus-index.js';
import { describe } from '../../core/criteria/describe.js';
import type { CancerFolder, Corpus } from '../../domain/corpus/corpus.js';
import type { Drug, SafetyRule } from '../../domain/corpus/drug.js';
import type { Indication } from '../../domain/corpus/indication.js';
import type { Study, StudyResult } from '../../domain/corpus/study.js';
import { canonicalJson } from '../compile/canonical-json.js';

export interface CorpusChange {
  readonly kind: 'indication' | 'study' | 'regimen' | 'safety' | 'drug' | 'cancer';
  readonly change: 'added' | 'removed' | 'changed';
  /** Folder id, or "" for what belongs to none. */
  readonly cancer: string;
  readonly id: string;
  /** What changed, and for whom. */
  readonly words: string;
}

export function corpusChanges(before: Corpus, after: Corpus): readonly CorpusChange[] {
  const [old, now] = [indexCorpus(before), indexCorpus(after)];
  return [
    ...paired(before.cancers, after.cancers, (f) => f.profile.id).flatMap(([a, b]) => folderChanges(a, b, old, now)),
    ...changes(
      'safety',
      '',
      before.safety,
      after.safety,
      (r) => r.id,
      (r) => safetyInWords(r, now),
      safetyMoved,
    ),
    ...changes('drug', '', before.drugs, after.drugs, (d) => d.inn, drugInWords, drugMoved),
  ];
}

function folderChanges(
  a: CancerFolder | undefined,
  b: CancerFolder | undefined,
  old: CorpusIndex,
  now: CorpusIndex,
): readonly CorpusChange[] {
  const cancer = (b ?? a)?.profile.id ?? '';
  const name = (b ?? a)?.profile.name.en ?? '';
  const whole: CorpusChange[] =
    a === undefined || b === undefined
      ? [
          {
            kind: 'cancer',
            change: a === undefined ? 'added' : 'removed',
            cancer,
            id: cancer,
            words: `${name} is ${a === undefined ? 'now covered' : 'no longer covered'}`,
          },
        ]
      : [];
  const regimens = changes(
    'regimen',
    cancer,
    a?.regimens ?? [],
    b?.regimens ?? [],
    (r) => r.id,
    (r) => r.name.en,
    () => ['content'],
  );
  return [
    ...whole,
    ...changes(
      'indication',
      cancer,
      a?.indications ?? [],
      b?.indications ?? [],
      (i) => i.id,
      (i) => indicationInWords(i, now.regimen(i.regimen) ? now : old),
      (x, y) => indicationMoved(x, y, old, now),
    ),
    ...changes('study', cancer, a?.studies ?? [], b?.studies ?? [], (s) => s.id, studyInWords, studyMoved),
    // A regimen that comes with a new indication is told there.
    ...regimens.filter((c) => c.change === 'changed'),
  ];
}

function changes<T>(
  kind: CorpusChange['kind'],
  cancer: string,
  before: readonly T[],
  after: readonly T[],
  key: (record: T) => string,
  inWords: (record: T) => string,
  moved: (a: T, b: T) => readonly string[],
): CorpusChange[] {
  return paired(before, after, key).flatMap(([a, b]): CorpusChange[] => {
    if (a === undefined && b !== undefined) return [{ kind, change: 'added', cancer, id: key(b), words: inWords(b) }];
    if (b === undefined && a !== undefined) return [{ kind, change: 'removed', cancer, id: key(a), words: inWords(a) }];
    if (a === undefined || b === undefined || canonicalJson(a) === canonicalJson(b)) return [];
    const told = moved(a, b);
    return told.length === 0 ? [] : [{ kind, change: 'changed', cancer, id: key(b), words: told.join('; ') }];
  });
}

/** Records of both editions by id, in the order of the newer, then what is gone. */
function paired<T>(
  before: readonly T[],
  after: readonly T[],
  key: (record: T) => string,
): readonly (readonly [T | undefined, T | undefined])[] {
  const old = new Map(before.map((r) => [key(r), r]));
  const now = new Set(after.map(key));
  return [
    ...after.map((b) => [old.get(key(b)), b] as const),
    ...before.filter((a) => !now.has(key(a))).map((a) => [a, undefined] as const),
  ];
}

function indicationInWords(
  { regimen, strength, preference, criteria, decision }: Indication,
  index: CorpusIndex,
): string {
  const name = index.regimen(regimen)?.name.en ?? regimen;
  return `${name}, ${strength}, ${preference}, for "${decision}" where: ${describe(criteria, index)}`;
}

function indicationMoved(a: Indication, b: Indication, old: CorpusIndex, now: CorpusIndex): readonly string[] {
  const said = (what: string, x: string | undefined, y: string | undefined) =>
    x === y ? [] : [`${what} ${x ?? 'none'} -> ${y ?? 'none'}`];
  const [was, is] = [describe(a.criteria, old), describe(b.criteria, now)];
  return [
    ...said('regimen', a.regimen, b.regimen),
    ...said('strength', a.strength, b.strength),
    ...said('preference', a.preference, b.preference),
    ...said('order', String(a.order), String(b.order)),
    ...said('valid from', a.validFrom, b.validFrom),
    ...said('valid to', a.validTo, b.validTo),
    ...(was === is ? [] : [`for whom: ${was} -> ${is}`]),
    ...said('studies', a.studies.join(', '), b.studies.join(', ')),
  ];
}

const studyInWords = (study: Study): string =>
  `${study.name} (${study.journal} ${study.year}${study.pmid === undefined ? '' : `, PMID ${study.pmid}`}): ${study.results.flatMap(resultInWords).slice(0, 3).join('; ') || 'no figures'}`;

function studyMoved(a: Study, b: Study): readonly string[] {
  const [was, is] = [a, b].map(
    (s) =>
      new Map(
        s.results
          .filter((r) => r.state === 'current')
          .map((r) => [`${r.outcome}, ${r.population}, ${r.arms.join(' against ')}`, resultInWords(r).join()]),
      ),
  );
  const keys = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])];
  return [
    ...(a.retracted === undefined && b.retracted !== undefined
      ? [`RETRACTED on ${b.retracted.on}: ${b.retracted.why}`]
      : []),
    ...keys.flatMap((key) =>
      was?.get(key) === is?.get(key)
        ? []
        : [`${key}: ${was?.get(key) || 'not recorded'} -> ${is?.get(key) || 'not recorded'}`],
    ),
  ];
}

function resultInWords({ outcome, effect, medians }: StudyResult): readonly string[] {
  if (effect !== undefined) {
    const interval = effect.low === undefined || effect.high === undefined ? '' : ` (${effect.low}-${effect.high})`;
    return [`${outcome} ${effect.measure} ${effect.value}${interval}`];
  }
  const told = Object.entries(medians ?? {}).map(([arm, m]) => `${arm} ${m.months ?? 'not reached'}`);
  return told.length === 0 ? [] : [`${outcome} median ${told.join(' against ')} months`];
}

function safetyInWords({ verdict, message, when, applies }: SafetyRule, index: CorpusIndex): string {
  const about = Object.values(applies).flat().join(', ');
  return `${verdict} for ${about}${when === undefined ? '' : ` where: ${describe(when, index)}`}: ${message.en}`;
}

const safetyMoved = (a: SafetyRule, b: SafetyRule): readonly string[] =>
  [
    ['verdict', a.verdict, b.verdict],
    ['when unknown', a.whenUnknown, b.whenUnknown],
    ['applies to', canonicalJson(a.applies), canonicalJson(b.applies)],
    ['condition', canonicalJson(a.when ?? a.check ?? ''), canonicalJson(b.when ?? b.check ?? '')],
  ].flatMap(([what, x, y]) => (x === y ? [] : [`${what} ${x} -> ${y}`]));

const drugInWords = ({ inn, classes, boxedWarnings }: Drug): string =>
  `${inn} (${classes.join(', ') || 'no class'})${boxedWarnings.length > 0 ? `, boxed warning: ${boxedWarnings.join('; ')}` : ''}`;

const drugMoved = (a: Drug, b: Drug): readonly string[] =>
  (['classes', 'properties', 'screening', 'boxedWarnings'] as const).flatMap((field) =>
    a[field].join() === b[field].join()
      ? []
      : [`${field} ${a[field].join(', ') || 'none'} -> ${b[field].join(', ') || 'none'}`],
  );
