// Everything the corpus has a name for, in one index: drugs, brands and schemes, cancers, operations, sites, comorbidities, facts and
// the words of facts. Built once for a corpus; finds the longest name at each place and says where it stands.
import type { Corpus } from '../../domain/corpus/corpus.js';
import { PhraseIndex, stem } from '../normalize/phrase.js';
import { latinTwin } from './plain-text.js';

export type Named =
  | { readonly kind: 'drug'; readonly inn: string; readonly antineoplastic: boolean }
  | { readonly kind: 'scheme'; readonly drugs: readonly string[] }
  | { readonly kind: 'cancer'; readonly oncotree: string }
  | { readonly kind: 'procedure'; readonly id: string; readonly modality: string; readonly definitive: boolean }
  | { readonly kind: 'site'; readonly id: string }
  | { readonly kind: 'marker'; readonly name: string; readonly gene: boolean }
  | { readonly kind: 'condition'; readonly id: string }
  | { readonly kind: 'fact'; readonly id: string }
  | { readonly kind: 'abbreviation'; readonly text: string }
  | { readonly kind: 'place'; readonly icd10: string }
  | { readonly kind: 'word'; readonly fact: string; readonly word: string };

export type NamedKind = Named['kind'];

export interface Hit<K extends NamedKind = NamedKind> {
  readonly named: Extract<Named, { kind: K }>;
  /** The phrase of the vocabulary, normalised. */
  readonly phrase: string;
  readonly start: number;
  readonly end: number;
}

export interface Lexicon {
  readonly corpus: Corpus;
  /** Names of one kind in a plain text, left to right. */
  find<K extends NamedKind>(kind: K, plain: string): readonly Hit<K>[];
  /** Long words of drugs and cancers, for slips of the pen. */
  readonly longWords: ReadonlySet<string>;
  /** Every word the index knows, stemmed. */
  readonly known: ReadonlySet<string>;
  /** Is the set of drugs, supportive ones aside, part of a scheme of the corpus? */
  isScheme(drugs: readonly string[]): boolean;
}

interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = /[\p{L}\p{N}%](?:[\p{L}\p{N}%]|(?<=\d)[.,](?=\d))*/gu;

export const tokensOf = (plain: string): readonly Token[] =>
  [...plain.matchAll(TOKEN)].map((m) => ({
    word: stem(m[0].replace(',', '.')),
    start: m.index,
    end: m.index + m[0].length,
  }));

/** No name of a marker goes over a comma: "TP53 без мутаций, IGHV немутированный". */
const markerTokens = (plain: string): readonly Token[] => {
  const stops = [...plain.matchAll(/[,;](?=\s)/g)].map((m) => ({ word: ',', start: m.index, end: m.index + 1 }));
  return [...tokensOf(plain), ...stops].sort((a, b) => a.start - b.start);
};

/** Builds the index; some tens of milliseconds for the whole corpus. */
export function createLexicon(corpus: Corpus): Lexicon {
  const names = interned(namesOf(corpus));
  const index = Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      new PhraseIndex(names.filter(([, n]) => n.kind === kind).map(([p, n]) => [spaced(p), n])),
    ]),
  ) as Record<NamedKind, PhraseIndex<Named>>;
  const words = (kinds: readonly NamedKind[]): readonly string[] =>
    names
      .filter(([, n]) => kinds.includes(n.kind))
      .flatMap(([p]) => tokensOf(spaced(p).toLowerCase().replaceAll('ё', 'е')).map((t) => t.word));
  const schemes = corpus.cancers.flatMap((c) => c.regimens.map((r) => new Set(r.components.map((x) => x.drug))));
  return {
    corpus,
    find: <K extends NamedKind>(kind: K, plain: string) => {
      const tokens = kind === 'marker' ? markerTokens(plain) : tokensOf(plain);
      const twins = tokens.map((t) =>
        kind === 'scheme' ? (latinTwin(plain.slice(t.start, t.end)) ?? t.word) : t.word,
      );
      return index[kind].insideTokens(twins).flatMap((hit): Hit<K>[] => {
        const [first, last] = [tokens[hit.start], tokens[hit.end - 1]];
        return first === undefined || last === undefined
          ? []
          : [{ named: hit.value as Hit<K>['named'], phrase: hit.phrase, start: first.start, end: last.end }];
      });
    },
    longWords: longWords(names),
    known: new Set(words(KINDS)),
    isScheme: (drugs) => schemes.some((set) => drugs.every((d) => set.has(d))),
  };
}

const KINDS: readonly NamedKind[] = [
  'drug',
  'scheme',
  'cancer',
  'procedure',
  'site',
  'marker',
  'condition',
  'fact',
  'word',
  'abbreviation',
  'place',
];
/** Whole words of drugs, and the Latin ones of cancers. */
function longWords(names: readonly (readonly [string, Named])[]): ReadonlySet<string> {
  const of = (kind: NamedKind) => names.filter(([, n]) => n.kind === kind).flatMap(([p]) => wordsIn(p));
  return new Set([
    ...of('drug'),
    ...of('cancer').filter((w) => /^[a-z]+(?:oma|omas|aemia|emia|trophoblastic|neuroendocrine)$/.test(w)),
  ]);
}
const wordsIn = (phrase: string): readonly string[] =>
  phrase
    .toLowerCase()
    .replaceAll('ё', 'е')
    .match(/\p{L}{7,}/gu) ?? [];

/** One object a term, so that two spellings which are the same words are one hit. */
function interned(names: readonly (readonly [string, Named])[]): readonly (readonly [string, Named])[] {
  const known = new Map<string, Named>();
  return names.map(([phrase, named]) => {
    const key = JSON.stringify(named);
    const one = known.get(key) ?? named;
    known.set(key, one);
    return [phrase, one] as const;
  });
}

/** "+" stands between words here. */
const spaced = (phrase: string): string => phrase.replaceAll('+', ' ');

function namesOf({ vocabulary, drugs, cancers }: Corpus): readonly (readonly [string, Named])[] {
  const said = (texts: readonly (string | undefined)[], named: Named): readonly (readonly [string, Named])[] =>
    texts.flatMap((t) => (t === undefined ? [] : [[t, named] as const]));
  return [
    ...drugs.flatMap((d) => [
      ...said([d.inn, d.name?.ru, d.name?.kk, ...d.synonyms], {
        kind: 'drug',
        inn: d.inn,
        antineoplastic: d.antineoplastic,
      }),
      ...said(d.brands, { kind: 'drug', inn: d.inn, antineoplastic: d.antineoplastic }),
      ...said(firstWords(d, drugs), { kind: 'drug', inn: d.inn, antineoplastic: d.antineoplastic }),
    ]),
    ...schemesOf(vocabulary.facts, cancers),
    ...vocabulary.cancers.flatMap((t) =>
      said([t.name.en, t.name.ru, t.name.kk, ...t.words], { kind: 'cancer', oncotree: t.oncotree }),
    ),
    ...vocabulary.procedures.flatMap((t) =>
      said([t.name.en, t.name.ru, t.name.kk, ...t.words], {
        kind: 'procedure',
        id: t.id,
        modality: t.modality,
        definitive: t.definitive === true,
      }),
    ),
    ...vocabulary.biomarkers.flatMap((t) =>
      said([t.name, ...t.synonyms], { kind: 'marker', name: t.name, gene: t.kind === 'gene' }),
    ),
    ...vocabulary.sites.flatMap((t) =>
      said(withNodes([t.name.en, t.name.ru, t.name.kk, ...t.words]), { kind: 'site', id: t.id }),
    ),
    ...vocabulary.conditions.flatMap((t) => said([t.name.en, t.name.ru, ...t.words], { kind: 'condition', id: t.id })),
    ...vocabulary.facts.filter((f) => !f.derived).flatMap((f) => said(f.phrases, { kind: 'fact', id: f.id })),
    ...factWords(vocabulary.facts),
    ...listed(vocabulary.facts, 'note-abbreviation', (text) => ({ kind: 'abbreviation', text })),
    ...listed(vocabulary.facts, 'note-place', (icd10) => ({ kind: 'place', icd10 })),
  ];
}

/** "Brentuximab", "полатузумаб": the antibody or the cells of a longer name alone, where no other drug has the word. */
function firstWords(own: Corpus['drugs'][number], drugs: Corpus['drugs']): readonly string[] {
  const namesOfDrug = (d: Corpus['drugs'][number]): readonly string[] => [d.inn, d.name?.ru ?? '', d.name?.kk ?? ''];
  return [
    ...new Set(
      namesOfDrug(own).flatMap(
        (name) => /^(\p{L}{6,}(?:mab|fusp|tagene|ditox|маб|фусп|таген)) /u.exec(name)?.[1] ?? [],
      ),
    ),
  ].filter(
    (word) => !drugs.some((d) => d !== own && namesOfDrug(d).some((n) => n === word || n.startsWith(`${word} `))),
  );
}

/** "Паховые л/у", "mediastinal nodes", "LNs": how lymph nodes are written in notes. */
function withNodes(phrases: readonly (string | undefined)[]): readonly (string | undefined)[] {
  return phrases.flatMap((p) => {
    if (p === undefined) return [];
    const en = /^(.*?)lymph nodes?$/i.exec(p)?.[1];
    const ru = /^(.*?)(?:лимфоузлы|лимфоузел|лимфатические узлы)$/i.exec(p)?.[1];
    if (en !== undefined) return [p, `${en}nodes`, `${en}node`, `${en}LN`, `${en}LNs`].filter((x) => /\s|LN/.test(x));
    return ru === undefined ? [p] : [p, `${ru}л/у`, `${ru}л/узлы`, `${ru}ЛУ`];
  });
}

/** The phrases of one of the lists of notes.yaml. */
const listed = (
  facts: Corpus['vocabulary']['facts'],
  id: string,
  named: (word: string) => Named,
): readonly (readonly [string, Named])[] =>
  facts
    .filter((f) => f.id === id)
    .flatMap((f) => Object.entries(f.words))
    .flatMap(([word, { phrases }]) => phrases.map((p) => [p, named(word)] as const));

/** Names of combinations: the list of the vocabulary, and the regimens of the corpus that go by an acronym. */
function schemesOf(
  facts: Corpus['vocabulary']['facts'],
  cancers: Corpus['cancers'],
): readonly (readonly [string, Named])[] {
  const listed = facts
    .filter((f) => f.id === 'drug-combination' || f.id === 'drug-shorthand')
    .flatMap((f) => Object.entries(f.words))
    .flatMap(([drugs, { phrases }]) => phrases.map((p) => [p, drugs.split('+')] as const));
  const taken = new Set(listed.map(([p]) => p));
  const own = cancers.flatMap((c) =>
    c.regimens.flatMap((r) => {
      const drugs = [...new Set(r.components.map((x) => x.drug))];
      if (drugs.length === 0) return [];
      return [r.name.en, ...r.synonyms].flatMap((name) => {
        const bare = name.replace(/ (?:regimen|x\d)$/i, '');
        return ACRONYM.test(bare) && !/ /.test(bare) && !taken.has(bare.toLowerCase()) ? [[bare, drugs] as const] : [];
      });
    }),
  );
  return [...listed, ...own].map(([phrase, drugs]) => [phrase, { kind: 'scheme', drugs }] as const);
}
/** Two capitals together, or apart in one short word ("KdD", "VenG"). */
const ACRONYM = /^(?:(?=.*[A-Z]{2})[A-Za-z0-9+/-]{2,12}|(?=(?:.*[A-Z]){2})[A-Za-z]{3,6})$/;

/** Words of a fact that say it all by themselves: "postmenopausal", "castration-resistant", "platinum-sensitive". */
function factWords(facts: Corpus['vocabulary']['facts']): readonly (readonly [string, Named])[] {
  const owners = new Map<string, Set<string>>();
  const all = facts
    .filter((f) => !f.derived && f.kind === 'word')
    .flatMap((f) =>
      Object.entries(f.words).flatMap(([word, { phrases }]) => phrases.map((p) => ({ f, word, p: p.toLowerCase() }))),
    );
  for (const { f, p } of all) owners.set(p, (owners.get(p) ?? new Set()).add(f.id));
  return all
    .filter(({ p, f }) => owners.get(p)?.size === 1 && speaksAlone(p, f.id))
    .map(({ f, word, p }) => [p, { kind: 'word', fact: f.id, word }] as const);
}

/** Facts whose words are said without their name. Of the others a word ("shallow", "partial response") means something only beside it. */
const ALONE: ReadonlySet<string> = new Set([
  'menopause',
  'smoking',
  'resectable',
  'operable',
  'castration-resistant',
  'platinum-status',
  'pathologic-response',
  'frailty',
  'pancreas-resectability',
  'sclc-extent',
  'rai-refractory',
  'biochemical-recurrence',
  'cml-phase',
  'inflammatory',
  'oligometastatic',
  'multifocal',
  'prostate-risk',
  'molecular-class',
  'platinum-eligible',
  'cisplatin-eligible',
  'bcg-response',
  'intensive-fit',
  'codeletion-1p19q',
  'mgmt',
  'transplant-eligible',
  'goals-of-care',
  'pregnant',
  'disease-volume',
  'psma-pet',
  'margins',
]);
const GENERIC =
  /^(?:present|absent|failure|intolerant|responsive|relapsing|metastatic|метастазы|metastases|adequate|optimal|suboptimal|partial response|not present|ultralow|treated|untreated|стабильные|выраженный|нет ответа|резистентен|small|large|резектабелен|comfort|hospice|сохранен|астения|uninvolved|less than.*|не получал|непереносимость|chronic|хроническая|advanced|локализованный|residual disease|positive|negative|позитивный|позитивная|негативный|негативная|положительный|положительная|отрицательный|отрицательная|disease control|невозможен|возможен|свободны|близкий)$/u;
const speaksAlone = (phrase: string, fact: string): boolean =>
  ALONE.has(fact) && phrase.length > 6 && !GENERIC.test(phrase);
