// One Condition of a history: is it a cancer of this patient, a primary or a metastasis, and what does it say of it?
import type { Concept, ConditionEntry } from '../../domain/history.js';
import type { PartialDate } from '../../domain/partial-date.js';
import { type CancerName, identifyCancer, isBareOrgan, subsite, writtenMorphologies } from './cancer-code.js';
import { conditionSide, type Side } from './cancer-laterality.js';
import { cancerTree } from './cancer-tree.js';
import {
  icdCodes,
  icdMeaning,
  saysHistory,
  saysMalignant,
  saysNotACancer,
  saysSecondary,
  saysSuspected,
  withoutPlace,
  wordsOf,
} from './cancer-words.js';
import { rememberedSaid } from './said.js';
import type { Terminology } from './terminology.js';

export type Verification = 'confirmed' | 'provisional' | 'differential' | 'refuted';

export interface PrimaryReading {
  readonly kind: 'primary';
  readonly entry: ConditionEntry;
  readonly cancer?: CancerName;
  readonly remarks: readonly string[];
  readonly side?: Side;
  /** Place within the organ by ICD-10 ("C504"). */
  readonly subsite?: string;
  readonly date?: PartialDate;
  readonly status?: 'active' | 'remission' | 'resolved';
  readonly verification?: Verification;
  /** "Metastatic breast cancer", "lung cancer metastatic to bone". */
  readonly metastatic: boolean;
}

export interface SecondaryReading {
  readonly kind: 'secondary';
  readonly entry: ConditionEntry;
  readonly side?: Side;
  readonly date?: PartialDate;
}

export type CancerReading = PrimaryReading | SecondaryReading;

/** The reading of a condition beside histologies from elsewhere; undefined when it is no cancer of this patient. */
export const readCancer = rememberedSaid(readCondition, (reading: CancerReading | undefined, entry) => {
  if (reading === undefined) return undefined;
  const date = entry.date ?? entry.recordedDate;
  return { ...reading, entry, ...(date === undefined ? {} : { date }) };
});

function readCondition(
  entry: ConditionEntry,
  terms: Terminology,
  histologies: readonly Concept[],
): CancerReading | undefined {
  const words = wordsOf(entry.code);
  const meaning = meaningOf(entry);
  if (!isCancer(entry, words, meaning, terms)) return undefined;
  const side = conditionSide(entry, terms);
  const shared = { entry, ...(side === undefined ? {} : { side }) };
  if (isSecondary(entry, words, meaning, terms)) {
    return entry.verification === 'refuted' ? undefined : { kind: 'secondary', ...shared };
  }
  const morphology = entry.morphology === undefined ? [] : [entry.morphology];
  const { cancer, remarks } = identifyCancer(entry.code, [...morphology, ...histologies], entry.bodySites, terms);
  if (cancer !== undefined && terms.term('cancer', cancer.oncotree)?.benign === true) return undefined;
  const past = meaning === 'history' || saysHistory(words);
  const status = past ? 'resolved' : readStatus(entry);
  const verification = readVerification(entry, words, meaning);
  const place = subsite(entry.code);
  return {
    kind: 'primary',
    ...shared,
    ...(cancer === undefined ? {} : { cancer }),
    remarks,
    ...(place === undefined ? {} : { subsite: place }),
    ...(status === undefined ? {} : { status }),
    ...(verification === undefined ? {} : { verification }),
    metastatic: saysSecondary(words),
  };
}

/** The behaviour of an ICD-O-3 morphology says more than the category: C71 with 8140/6 is a metastasis, C50 with 8010/0 no cancer. */
function meaningOf(entry: ConditionEntry): ReturnType<typeof icdMeaning> {
  const written = [entry.code, ...(entry.morphology === undefined ? [] : [entry.morphology])].flatMap(
    writtenMorphologies,
  );
  if (written.length > 0 && written.every((code) => code.endsWith('/6'))) return 'secondary';
  if (written.length > 0 && written.every((code) => code.endsWith('/0'))) return 'other';
  const meaning = icdMeaning(entry.code);
  return (
    meaning ?? (entry.code.codings.length > 0 && writtenMorphologies(entry.code).length > 0 ? 'malignant' : undefined)
  );
}

/** A code outside the chapter of tumours that the vocabulary lists all the same, or one of its category with the words (E85: AL amyloidosis). */
function isListed(entry: ConditionEntry, words: string, terms: Terminology): boolean {
  const { code } = entry;
  const categories = icdCodes(code).map((c) => c.slice(0, 3));
  return (
    namesTreated(entry, words, terms, false) ||
    terms.findAll('cancer', code).some((m) => m.precision === 'exact') ||
    terms
      .inText('cancer', withoutPlace(words))
      .some(({ term }) => (term.codes.icd10 ?? []).some((listed) => categories.includes(listed.slice(0, 3))))
  );
}

/**
 * A tumour that is treated though its behaviour is benign (neurofibroma, Q85.0) or uncertain (desmoid, D48.1 with 8821/1), by its
 * morphology or its words; the code says only the behaviour.
 */
function namesTreated(entry: ConditionEntry, words: string, terms: Terminology, uncertain: boolean): boolean {
  const by = entry.morphology === undefined ? [] : terms.findAll('cancer', entry.morphology);
  const said = terms.inText('cancer', withoutPlace(words)).map(({ term }) => term);
  const coded = by.filter((m) => m.precision === 'exact').map(({ term }) => term);
  return (
    [...coded, ...said].some((term) => term.treatedThoughBenign === true) ||
    (uncertain && (coded.length > 0 || said.some((term) => term.codes.icdo3?.some((c) => c.endsWith('/1')) === true)))
  );
}

/** An ICD-10 code decides; then a SNOMED code that we know; then the profile; then the words. */
function isCancer(
  entry: ConditionEntry,
  words: string,
  meaning: ReturnType<typeof icdMeaning>,
  terms: Terminology,
): boolean {
  if (meaning === 'other') return isListed(entry, words, terms);
  if (meaning === 'uncertain')
    return (
      terms.findAll('cancer', entry.code).some((m) => m.precision !== 'text') || namesTreated(entry, words, terms, true)
    );
  if (meaning !== undefined) return true;
  if (/family history|семейный анамнез/u.test(words)) return false;
  const codes = [...terms.findAll('cancer', entry.code), ...terms.findAll('site', entry.code)];
  if (codes.some((m) => m.precision !== 'text')) return true;
  if (entry.role !== 'unstated' && entry.role !== 'other') return true;
  return (
    saysMalignant(words) &&
    !saysNotACancer(words) &&
    (saysSecondary(words) || names(words, terms) || isBareMalignancy(words))
  );
}

/** A cancer, or at least an organ, is named. */
const names = (words: string, terms: Terminology): boolean => terms.inText('cancer', withoutPlace(words)).length > 0;

const isBareMalignancy = (words: string): boolean =>
  /^(?:primary )?(?:malignan(?:t|cy)(?: (?:neoplasm|neoplastic disease|tumou?r))?|cancer)(?: disorder| unspecified)?$|^злокачественн\p{L}+ (?:новообразование|опухоль)/u.test(
    words,
  );

/** Diagnoses of no site: metastases whose primary was looked for and not found, neuroendocrine neoplasms ("metastatic neuroendocrine tumour"). */
const OF_NO_SITE = /^(?:CUPNOS|SCUP|NETNOS|NECNOS)$/;

function isSecondary(
  entry: ConditionEntry,
  words: string,
  meaning: ReturnType<typeof icdMeaning>,
  terms: Terminology,
): boolean {
  if (meaning !== undefined) return meaning === 'secondary';
  if (entry.role === 'secondary-cancer') return true;
  const coded = terms.findAll('cancer', entry.code).some((m) => m.precision !== 'text');
  if (coded) return false;
  if (terms.findAll('site', entry.code).some((m) => m.precision !== 'text')) return true;
  if (!saysSecondary(words)) return false;
  const tree = cancerTree(terms.vocabulary);
  const cancer = terms
    .inText('cancer', withoutPlace(words))
    .some(
      ({ term, phrase }) =>
        !isBareOrgan(term, phrase) && (tree.organ(term.oncotree) !== 'OTHER' || OF_NO_SITE.test(term.oncotree)),
    );
  // "Secondary malignant neoplasm of colon" names the place; "metastatic colon cancer" names the primary.
  return !cancer || /secondary|вторичн/u.test(words);
}

function readStatus(entry: ConditionEntry): PrimaryReading['status'] {
  switch (entry.clinicalStatus) {
    case 'active':
    case 'recurrence':
    case 'relapse':
      return 'active';
    case 'remission':
      return 'remission';
    case 'inactive':
    case 'resolved':
      return 'resolved';
    default:
      return entry.end === undefined ? undefined : 'resolved';
  }
}

function readVerification(
  entry: ConditionEntry,
  words: string,
  meaning: ReturnType<typeof icdMeaning>,
): Verification | undefined {
  switch (entry.verification) {
    case 'confirmed':
    case 'differential':
    case 'refuted':
      return entry.verification;
    case 'provisional':
    case 'unconfirmed':
      return 'provisional';
    default:
      return saysSuspected(words) || meaning === 'uncertain' ? 'provisional' : undefined;
  }
}
