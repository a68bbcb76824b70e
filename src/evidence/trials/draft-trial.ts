// A registry study -> a trial with criteria. Only what is said plainly becomes a criterion; every other line of its conditions is kept in
// words for the doctor, so that nothing is taken for met that nobody read.
import type { z } from 'zod';
import { parseAlterations } from '../../core/normalize/alteration.js';
import type { Terminology } from '../../core/normalize/terminology.js';
import type { Trial } from '../../domain/corpus/trial.js';
import type { RegistryStudy } from './registry-study.js';

/** A trial as it is written into the corpus (schema: Trial), or why it was left out. */
export type Drafted = { readonly trial: z.input<typeof Trial> } | { readonly left: string };

/** Registry states in which a trial takes patients. */
const OPEN = ['RECRUITING', 'ENROLLING_BY_INVITATION', 'NOT_YET_RECRUITING', 'AVAILABLE'];

type Written = Readonly<Record<string, unknown>>;

export function draftTrial(study: RegistryStudy, terms: Terminology, importedOn: string): Drafted {
  if (!OPEN.includes(study.status)) return { left: `not open (${study.status.toLowerCase().replaceAll('_', ' ')})` };
  const cancers = cancersOf(study, terms);
  const [first, ...more] = cancers;
  if (first === undefined) return { left: `no cancer recognised in: ${study.conditions.join('; ') || study.title}` };
  const lines = eligibilityLines(study.eligibility);
  const taken = lines.map((line) => ({ ...line, criteria: lineCriteria(line, terms) }));
  const parts: Written[] = [
    { cancer: cancers },
    ...demography(study),
    ...fromTitle(study.title),
    ...taken.flatMap((t) => t.criteria),
  ];
  const drugs = study.interventions
    .filter((i) => /drug|biological|combination|genetic/i.test(i.type))
    .flatMap((i) => terms.drugsInText(i.name).map((m) => m.drug.inn));
  return {
    trial: {
      nct: study.nct,
      title: study.title,
      phase: study.phase,
      status: study.status,
      cancers: [first, ...more],
      criteria: { all: distinct(parts) },
      read: taken.filter((t) => t.criteria.length > 0).map((t) => `${t.kind}: ${t.text}`),
      unread: taken.filter((t) => t.criteria.length === 0).map((t) => `${t.kind}: ${t.text}`),
      drugs: [...new Set(drugs)].sort(),
      interventions: study.interventions.map((i) => i.name),
      countries: [...study.countries],
      ...(study.updated !== undefined && { updated: study.updated }),
      importedOn,
    },
  };
}

function cancersOf({ conditions, title }: RegistryStudy, terms: Terminology): readonly string[] {
  const named = (text: string) => terms.findAll('cancer', { codings: [], text }).map((m) => m.term.oncotree);
  const codes = new Set(conditions.flatMap(named));
  if (codes.size === 0) for (const code of named(title)) codes.add(code);
  if (codes.size === 0 && [...conditions, title].some((t) => /solid tumou?r|advanced (?:cancer|malignan)/i.test(t)))
    codes.add('TISSUE');
  return [...codes];
}

function demography({ sex, minimumAge, maximumAge }: RegistryStudy): readonly Written[] {
  return [
    ...(minimumAge === undefined ? [] : [{ age: { min: minimumAge } }]),
    ...(maximumAge === undefined ? [] : [{ age: { max: maximumAge } }]),
    ...(sex === 'FEMALE' || sex === 'MALE' ? [{ sex: sex.toLowerCase() }] : []),
  ];
}

const UNRESECTABLE = { not: { unless: { resectable: 'no' } } };

/** What a title says of stage and line. */
function fromTitle(title: string): readonly Written[] {
  const advanced =
    /\b(?:metastatic|stage IV|advanced)\b/i.test(title) &&
    !/\b(?:neo)?adjuvant\b|\bearly\b|\blocali[sz]ed\b/i.test(title);
  return [...(advanced ? [{ any: [{ metastatic: 'yes' }, UNRESECTABLE] }] : []), ...lineOf(title)];
}

function lineOf(text: string): readonly Written[] {
  if (/\b(?:previously untreated|treatment[- ]na[iï]ve|first[- ]line|no prior systemic)\b/i.test(text))
    return [{ 'lines-given': { max: 0 } }];
  if (/\bsecond[- ]line\b/i.test(text)) return [{ 'lines-given': { min: 1, max: 1 } }];
  if (/\b(?:previously treated|relapsed|refractory|pretreated|after (?:progression|failure))\b/i.test(text))
    return [{ 'lines-given': { min: 1 } }];
  return [];
}

interface Line {
  readonly kind: 'inclusion' | 'exclusion';
  readonly text: string;
}

/** The bullets of the eligibility text, each with the side it stands on. */
export function eligibilityLines(text: string): readonly Line[] {
  let kind: Line['kind'] = 'inclusion';
  return text.split(/\r?\n/).flatMap((raw): Line[] => {
    const line = raw.replace(/^[\s*•·\-–]+|^\s*\d+[.)]\s*/g, '').trim();
    if (/^(?:key |main )?exclusion/i.test(line)) kind = 'exclusion';
    else if (/^(?:key |main )?inclusion/i.test(line)) kind = 'inclusion';
    else if (line !== '') return [{ kind, text: line }];
    return [];
  });
}

function lineCriteria({ kind, text }: Line, terms: Terminology): readonly Written[] {
  if (kind === 'inclusion') return [...ecog(text), ...marker(text, terms), ...(isShort(text) ? lineOf(text) : [])];
  const drugs = /^(?:prior|previous)\b.{0,40}\b(?:treatment|therapy|exposure)\b.{0,20}\b(?:with|to)\b/i.test(text)
    ? terms.drugsInText(text).map((m) => m.drug.inn)
    : [];
  return drugs.length > 0 && isShort(text) ? [{ not: { prior: { drug: drugs } } }] : [];
}

/** A longer line says more than its plain part: it is left to the doctor. */
const isShort = (text: string): boolean => text.length <= 120;

function ecog(text: string): readonly Written[] {
  if (!/\bECOG\b|Eastern Cooperative/i.test(text)) return [];
  const [, upTo, atMost] =
    /(?:0\s*(?:-|–|to|or|,|and)\s*(?:1\s*,?\s*(?:or|and)\s*)?(\d))|(?:(?:≤|<=|less than or equal to|at most)\s*(\d))/i.exec(
      text,
    ) ?? [];
  const max = upTo ?? atMost;
  return max === undefined || !isShort(text) ? [] : [{ ecog: { max: Number(max) } }];
}

const POSITIVE =
  /\b(?:positive|mutant|mutated|mutations?|fusions?|rearrange\w*|amplifi\w*|overexpress\w*|deletion|insertion|alterations?)\b/i;
const NEGATIVE = /\b(?:negative|wild[- ]?type|without|no known|absence)\b/i;

/** A short line about exactly one marker that is found, or is not. */
function marker(text: string, terms: Terminology): readonly Written[] {
  const named = [...new Set(terms.inText('biomarker', text).map(({ term }) => term.name))];
  const [name] = named;
  if (name === undefined || named.length > 1 || !isShort(text) || /\bor\b/i.test(text)) return [];
  if (NEGATIVE.test(text)) return [{ biomarker: { [name]: 'negative' } }];
  const term = terms.term('biomarker', name);
  const variants = parseAlterations(text, { name, exons: term?.exons ?? {} }).flatMap(
    (a) => a.protein ?? (a.exon === undefined ? [] : `exon-${a.exon}-${a.kind}`),
  );
  if (variants.length > 0) return [{ biomarker: { [name]: variants } }];
  return POSITIVE.test(text) ? [{ biomarker: { [name]: 'positive' } }] : [];
}

const distinct = (parts: readonly Written[]): readonly Written[] => [
  ...new Map(parts.map((part) => [JSON.stringify(part), part])).values(),
];
