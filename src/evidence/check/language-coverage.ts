// How much of what the corpus says is said in Russian and in Kazakh too.
import type { Corpus } from '../../domain/corpus/corpus.js';
import type { Text } from '../../domain/corpus/text.js';

export interface LanguageCoverage {
  readonly texts: string;
  readonly all: number;
  readonly ru: number;
  readonly kk: number;
}

export function languageCoverage(corpus: Corpus): LanguageCoverage[] {
  const { cancers, classes, safety, screening, scores = [], vocabulary: words } = corpus;
  const indications = cancers.flatMap((c) => c.indications);
  const names = (records: readonly { readonly name: Text }[]): readonly Text[] => records.map((r) => r.name);
  const first = indications.filter((i) => i.strength === 'strong-for' && i.preference === 'preferred');
  return [
    ['cancers (OncoTree)', names(words.cancers)],
    [
      'settings and questions',
      cancers.flatMap(({ profile: p }) => [...names(p.settings), ...p.decisions.map((d) => d.question)]),
    ],
    ['regimens', cancers.flatMap((c) => names(c.regimens))],
    ['drugs', corpus.drugs.map((d) => ({ en: d.inn, ...d.name }))],
    ['drug classes and properties', names(classes)],
    ['mechanisms and monitoring', classes.flatMap((c) => [...(c.mechanism ? [c.mechanism] : []), ...c.monitoring])],
    ['facts that criteria ask for', names(words.facts)],
    ['diseases, procedures, sites', [words.conditions, words.procedures, words.sites].flatMap(names)],
    ['reasons of first choices', first.map((i) => i.rationale)],
    ['reasons of all indications', indications.map((i) => i.rationale)],
    ['messages of safety rules', safety.map((r) => r.message)],
    ['items to have first', [...names(screening), ...safety.flatMap((r) => (r.item ? [r.item] : []))]],
    ['prognostic scores', names(scores)],
    ['notes on cancers', cancers.flatMap(({ profile }) => profile.notes)],
  ].map(([texts, all]) => count(texts as string, all as readonly Text[]));
}

const count = (texts: string, all: readonly Text[]): LanguageCoverage => ({
  texts,
  all: all.length,
  ru: all.filter((t) => t.ru !== undefined).length,
  kk: all.filter((t) => t.kk !== undefined).length,
});

export function languageTable(corpus: Corpus): string[] {
  const share = (n: number, all: number): string => `${n} (${Math.floor((100 * n) / Math.max(1, all))} %)`;
  return [
    '## Languages',
    '',
    'Everything is said in English. Where a language has no words the English ones are shown. No clinician whose language it is has read the Kazakh yet.',
    '',
    '| texts | all | Russian | Kazakh |',
    '|---|---|---|---|',
    ...languageCoverage(corpus).map(
      ({ texts, all, ru, kk }) => `| ${texts} | ${all} | ${share(ru, all)} | ${share(kk, all)} |`,
    ),
  ];
}
