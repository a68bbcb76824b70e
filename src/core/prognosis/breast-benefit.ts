// What an adjuvant treatment of early breast cancer adds to overall survival by PREDICT Breast 3.2, in points at 10 and 15 years. Shown beside
// the option, moves no order (docs/decisions/0007). PREDICT is of women and men operated on first, for invasive disease, without metastases.
import type { Regimen } from '../../domain/corpus/regimen.js';
import type { Prognosis } from '../../domain/recommendation.js';
import type { CorpusIndex } from '../corpus-index.js';
import { biomarkerState } from '../criteria/biomarker.js';
import type { Context } from '../criteria/trace.js';
import { factOf, numberFact } from '../criteria/value.js';
import { drugsOf } from '../safety/regimen-drugs.js';
import { predictBreastV3 } from './predict-breast-v3.js';
import { coefficientsOf } from './prognosis-table.js';
import { type Columns, completions, spanned } from './spanned.js';

const MODEL = 'predict-breast-v3.2';
const YEARS = [10, 15] as const;

/** Treatments of the model. Chemotherapy is of its second generation (anthracycline) or third (taxane); others it does not know. */
interface Treatments {
  readonly hormone: boolean;
  readonly chemo: 0 | 2 | 3;
  readonly trastuzumab: boolean;
  readonly bisphosphonate: boolean;
}

/** Undefined where PREDICT does not speak of the patient or of the treatment. */
export function breastBenefit(regimen: Regimen, context: Context): Prognosis | undefined {
  const model = context.index.corpus.survivalModels?.find(({ id }) => id === MODEL);
  const own = model && isSubject(context) ? treatmentsOf(drugsOf(regimen), context) : undefined;
  if (model === undefined || own === undefined) return undefined;
  const without = background(own, context);
  const frame = {
    model: 'PREDICT Breast 3.2',
    source: model.source,
    treatment: named(own),
    over: ['surgery', ...(named(without) === '' ? [] : [named(without)])].join(' and '),
  };
  const { columns, missing, unknown } = inputs(context);
  if (missing.length > 0) return { ...frame, horizons: [], unknown, missing };
  const coefficients = coefficientsOf(model);
  const horizons = [];
  for (const years of YEARS) {
    const key = `overall_survival_percent_rhctb_y${years}`;
    const rowWith = (given: Treatments) => completions({ ...columns, ...asColumns(given) });
    const [less, more] = [rowWith(without), rowWith(joined(without, own))];
    const survival = spanned(more, (row) => predictBreastV3(coefficients, row)[key] ?? Number.NaN);
    const before = less.map((row) => spanned([row], (r) => predictBreastV3(coefficients, r)[key] ?? Number.NaN));
    if (!('low' in survival)) return { ...frame, horizons: [], unknown, missing: survival };
    const gains = more.map((row, i) => {
      const after = spanned([row], (r) => predictBreastV3(coefficients, r)[key] ?? Number.NaN);
      const from = before[i];
      return from && 'low' in from && 'low' in after ? after.low - from.low : Number.NaN;
    });
    horizons.push({
      years,
      survivalPercent: survival,
      gainPoints: { low: Math.min(...gains), high: Math.max(...gains) },
    });
  }
  return { ...frame, horizons, unknown, missing: [] };
}

/** Invasive, operated on first, decisions of the adjuvant setting. */
function isSubject(context: Context): boolean {
  const { setting, cancerCase, index } = context;
  const is = (name: string, word: string): boolean => {
    const fact = factOf(name, context);
    return fact.known && fact.value === word;
  };
  return (
    setting === 'adjuvant' &&
    cancerCase.cancer.known &&
    index.isCancer(cancerCase.cancer.value.oncotree, 'BREAST') &&
    !is('neoadjuvant-systemic', 'yes') &&
    !is('metastatic', 'yes')
  );
}

/** What of the regimen the model knows; undefined when that is nothing, or when its chemotherapy is of no generation of the model. */
function treatmentsOf(drugs: readonly string[], context: Context): Treatments | undefined {
  const given = classesGiven(drugs, context.index);
  if (given === undefined) return undefined;
  const own = {
    ...given,
    hormone: given.hormone && biomarkerState('ER', ['positive'], context) === 'met',
    trastuzumab: given.trastuzumab && biomarkerState('HER2', ['positive'], context) === 'met',
  };
  return own.hormone || own.chemo > 0 || own.trastuzumab || own.bisphosphonate ? own : undefined;
}

function classesGiven(drugs: readonly string[], index: CorpusIndex): Treatments | undefined {
  const has = (id: string): boolean => drugs.some((drug) => index.classesOf(drug).has(id));
  const cytotoxic = drugs.some(
    (drug) => index.classesOf(drug).has('chemotherapy') && !index.classesOf(drug).has('antibody-drug-conjugate'),
  );
  const chemo = has('taxane') ? 3 : has('anthracycline') ? 2 : 0;
  if (cytotoxic && chemo === 0) return undefined;
  return {
    hormone: has('endocrine-therapy'),
    chemo,
    trastuzumab: drugs.includes('trastuzumab'),
    bisphosphonate: has('bisphosphonate'),
  };
}

/** What the patient has besides: courses given or going on since the operation, and endocrine therapy where the receptor is positive. */
function background(own: Treatments, context: Context): Treatments {
  const drugs = context.cancerCase.courses
    .filter((course) => course.intent === 'adjuvant' || course.outcome === 'ongoing')
    .flatMap((course) => course.drugs);
  const before = classesGiven(drugs, context.index) ?? NOTHING;
  const hormone = before.hormone || biomarkerState('ER', ['positive'], context) === 'met';
  return {
    hormone: hormone && !own.hormone,
    chemo: own.chemo > 0 ? 0 : before.chemo,
    trastuzumab: before.trastuzumab && !own.trastuzumab,
    bisphosphonate: before.bisphosphonate && !own.bisphosphonate,
  };
}

const NOTHING: Treatments = { hormone: false, chemo: 0, trastuzumab: false, bisphosphonate: false };

const joined = (a: Treatments, b: Treatments): Treatments => ({
  hormone: a.hormone || b.hormone,
  chemo: b.chemo > 0 ? b.chemo : a.chemo,
  trastuzumab: a.trastuzumab || b.trastuzumab,
  bisphosphonate: a.bisphosphonate || b.bisphosphonate,
});

const asColumns = ({ hormone, chemo, trastuzumab, bisphosphonate }: Treatments): Columns => ({
  hormone_therapy: [Number(hormone)],
  chemo_generation: [chemo],
  trastuzumab: [Number(trastuzumab)],
  bisphosphonates: [Number(bisphosphonate)],
});

const named = ({ hormone, chemo, trastuzumab, bisphosphonate }: Treatments): string =>
  [
    ...(hormone ? ['endocrine therapy'] : []),
    ...(chemo > 0 ? [`chemotherapy (${chemo === 3 ? 'third' : 'second'} generation)`] : []),
    ...(trastuzumab ? ['trastuzumab'] : []),
    ...(bisphosphonate ? ['bisphosphonate'] : []),
  ].join(' and ');

interface Read {
  readonly columns: Columns;
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
}

/**
 * Without age, size, nodes or the oestrogen receptor there is no number. Grade, HER2, PR, Ki-67 and screening have a code for unknown in
 * the published tool; current smoking has none, so both answers are tried. Radiotherapy is left out: the heart's dose is not on record.
 */
function inputs(context: Context): Read {
  const number = (name: string): number | undefined => numberFact(name, context);
  const marker = (name: string): 0 | 1 | 9 =>
    biomarkerState(name, ['positive'], context) === 'met'
      ? 1
      : biomarkerState(name, ['negative'], context) === 'met'
        ? 0
        : 9;
  const smoking = factOf('smoking', context);
  const smoker = smoking.known ? [smoking.value === 'current' ? 1 : 0] : [0, 1];
  const asked = {
    age: number('age'),
    'tumour size': number('tumour-size'),
    'positive nodes': number('nodes-positive') ?? (nodeNegative(context) ? 0 : undefined),
    'oestrogen receptor': marker('ER') === 9 ? undefined : marker('ER'),
  };
  const grade = number('grade');
  const optional = { HER2: marker('HER2'), PR: marker('PR'), grade: grade ?? 9 };
  const outside = asked.age !== undefined && (asked.age < 25 || asked.age > 85) ? ['age within 25 to 85'] : [];
  const names = ['age_years', 'tumour_size_mm', 'positive_nodes', 'er_positive'];
  return {
    missing: [...Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [name] : [])), ...outside],
    unknown: [
      ...Object.entries(optional).flatMap(([name, value]) => (value === 9 ? [name] : [])),
      ...(smoker.length > 1 ? ['smoking'] : []),
      'Ki-67',
      'detection by screening',
    ],
    columns: {
      ...Object.fromEntries(Object.values(asked).map((value, i) => [names[i] ?? '', [value ?? 0]])),
      screen_detected: [2],
      grade: [optional.grade],
      her2_status: [optional.HER2],
      pr_status: [optional.PR],
      ki67_status: [9],
      radiotherapy: [0],
      heart_dose_gy: [0],
      current_smoker: smoker,
    },
  };
}

const nodeNegative = ({ cancerCase }: Context): boolean =>
  cancerCase.pathologicTnm.n.known && /^N0/i.test(cancerCase.pathologicTnm.n.value);
