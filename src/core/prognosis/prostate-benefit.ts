// What radical treatment of localised prostate cancer adds to overall survival over conservative management by PREDICT Prostate, in points
// at 10 and 15 years. Shown beside the option, moves no order (docs/decisions/0007).
import type { Regimen } from '../../domain/corpus/regimen.js';
import type { Prognosis } from '../../domain/recommendation.js';
import { biomarkerState } from '../criteria/biomarker.js';
import type { Context } from '../criteria/trace.js';
import { numberFact } from '../criteria/value.js';
import { drugsOf } from '../safety/regimen-drugs.js';
import { prostateYears } from './predict-prostate.js';
import { coefficientsOf } from './prognosis-table.js';
import { type Columns, completions, spanned } from './spanned.js';

const YEARS = [10, 15] as const;
const RADICAL: readonly string[] = ['surgery', 'radiotherapy', 'chemoradiotherapy', 'procedure'];
const WATCHING: readonly string[] = ['observation', 'active-surveillance'];

/** Undefined where the model does not speak of the patient, or the treatment is neither radical nor conservative. */
export function prostateBenefit(regimen: Regimen, context: Context): Prognosis | undefined {
  const { index, setting, cancerCase } = context;
  const model = index.corpus.survivalModels?.find(({ id }) => id === 'predict-prostate');
  const radical = regimen.modalities.some((m) => RADICAL.includes(m));
  const watching = regimen.modalities.some((m) => WATCHING.includes(m)) && drugsOf(regimen).length === 0;
  const subject =
    setting === 'resectable' && cancerCase.cancer.known && index.isCancer(cancerCase.cancer.value.oncotree, 'PROSTATE');
  if (model === undefined || !subject || !(radical || watching)) return undefined;
  const frame = {
    model: 'PREDICT Prostate',
    source: model.source,
    treatment: radical ? 'radical treatment' : 'conservative management',
    over: radical ? 'conservative management' : null,
  };
  const { columns, missing, unknown } = inputs(context);
  if (missing.length > 0) return { ...frame, horizons: [], unknown, missing };
  const coefficients = coefficientsOf(model);
  const survivalAt = (years: number, treatment: 0 | 1, row: Readonly<Record<string, string>>) =>
    spanned([{ ...row, primary_treatment: String(treatment) }], (inputsOfRow) => {
      const last = prostateYears(coefficients, inputsOfRow, years).at(-1);
      return last === undefined ? Number.NaN : 100 * (1 - last.cancerDeath - last.otherDeath);
    });
  const horizons = [];
  for (const years of YEARS) {
    const survivals: number[] = [];
    const gains: number[] = [];
    for (const row of completions(columns)) {
      const [conservative, treated] = [survivalAt(years, 0, row), survivalAt(years, 1, row)];
      if (!('low' in conservative)) return { ...frame, horizons: [], unknown, missing: conservative };
      if (!('low' in treated)) return { ...frame, horizons: [], unknown, missing: treated };
      survivals.push(radical ? treated.low : conservative.low);
      gains.push(treated.low - conservative.low);
    }
    horizons.push({ years, survivalPercent: between(survivals), gainPoints: radical ? between(gains) : null });
  }
  return { ...frame, horizons, unknown, missing: [] };
}

const between = (numbers: readonly number[]) => ({ low: Math.min(...numbers), high: Math.max(...numbers) });

/** Comorbidity of the Charlson list as far as the corpus has the condition; none on record does not mean that there is none. */
const CHARLSON: readonly string[] = [
  'myocardial-infarction',
  'heart-failure',
  'peripheral-artery-disease',
  'stroke',
  'dementia',
  'copd',
  'connective-tissue-disease',
  'peptic-ulcer',
  'liver-disease',
  'diabetes',
  'chronic-kidney-disease',
];

interface Read {
  readonly columns: Columns;
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
}

/** The published tool has a value of its own for an unknown share of positive cores, and counts an untested BRCA as negative. */
function inputs(context: Context): Read {
  const number = (name: string): number | undefined => numberFact(name, context);
  const { patient, index, cancerCase } = context;
  const t = [cancerCase.clinicalTnm.t, cancerCase.pathologicTnm.t].find((f) => f.known && /^T[1-4]/i.test(f.value));
  const comorbid = patient.conditions.some(
    (c) => c.state !== 'absent' && CHARLSON.some((id) => index.isCondition(c.id, id)),
  );
  const brca = ['BRCA2', 'BRCA1', 'BRCA'].some(
    (name) => biomarkerState(name, ['positive', 'mutation'], context) === 'met',
  );
  const cores = number('positive-cores-percent');
  const asked = {
    age: number('age'),
    PSA: number('psa'),
    'clinical T category': t?.known ? Number(t.value.charAt(1)) : undefined,
    'grade group': number('isup'),
  };
  const names = ['age_years', 'psa_ng_per_ml', 't_stage', 'grade_group'];
  return {
    missing: Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [name] : [])),
    unknown: [
      ...(comorbid ? [] : ['comorbidity (Charlson)']),
      ...(cores === undefined ? ['share of positive cores'] : []),
      ...(brca ? [] : ['BRCA, counted as negative']),
    ],
    columns: {
      ...Object.fromEntries(Object.values(asked).map((value, i) => [names[i] ?? '', [value ?? 0]])),
      charlson_comorbidity: comorbid ? [1] : [0, 1],
      biopsy_done: [cores === undefined ? 0 : 1],
      biopsy_cores_involved: [cores ?? 0],
      biopsy_cores_taken: [100],
      brca: [Number(brca)],
    },
  };
}
