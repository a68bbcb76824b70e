// First half of the clinical path, before any number: choose the cancer, derive the setting, open the questions, judge every
// indication, run the safety rules, and write down what to ask of the outcome model. Pure; `decide` takes it from here.
import type { ModelInfo, ScoreRow } from '../domain/outcome.js';
import type { Patient } from '../domain/patient.js';
import { type Abstention, type ChosenCase, chooseCase } from './choose-case.js';
import type { CorpusIndex } from './corpus-index.js';
import { type Counterfactual, counterfactuals } from './counterfactuals.js';
import type { Context, OpenItem } from './criteria/trace.js';
import { Batch, type View, viewOf } from './view.js';

export interface PrepareOptions {
  /** Name of the record; the patient's id when left out. */
  readonly caseName?: string;
  /** Case id of the patient to answer for, when there are several cancers. */
  readonly caseId?: string;
  /** Local protocol id of the corpus. */
  readonly protocol?: string;
  /** Missing items are tried out (default); cohort runs leave it out. */
  readonly tryMissing?: boolean;
  readonly lang?: 'en' | 'ru' | 'kk';
}

export interface Prepared {
  readonly patient: Patient;
  readonly index: CorpusIndex;
  readonly model: ModelInfo;
  readonly options: PrepareOptions;
  readonly chosen: ChosenCase | undefined;
  readonly answer: View | Abstention;
  readonly counterfactuals: readonly Counterfactual[];
  /** To be scored in one batch; `decide` takes the scores in this order. */
  readonly rows: readonly ScoreRow[];
}

export function prepare(
  patient: Patient,
  index: CorpusIndex,
  model: ModelInfo,
  options: PrepareOptions = {},
): Prepared {
  const fixed = { patient, index, model, options };
  const chosen = chooseCase(patient, index, options.caseId);
  if (chosen.kind === 'abstained')
    return { ...fixed, chosen: undefined, answer: chosen, counterfactuals: [], rows: [] };

  const batch = new Batch();
  const local = { protocol: index.corpus.protocols.find((p) => p.id === options.protocol), lang: options.lang };
  const context: Context = { patient, cancerCase: chosen.cancerCase, index };
  const seen = viewOf(chosen, context, model, batch, local);
  const answer =
    seen.kind === 'unknown'
      ? settingUnknown(chosen, seen.message, seen.asks)
      : chosen.uncovered !== undefined && seen.setting.state !== 'met' && seen.led.length === 0
        ? settingUnknown(chosen, chosen.uncovered, seen.asks)
        : seen;

  const tried =
    options.tryMissing === false
      ? []
      : counterfactuals(chosen, context, seen, (other) =>
          viewOf(other.chosen, other.context, model, batch, local, seen),
        );
  return { ...fixed, chosen, answer, counterfactuals: tried, rows: batch.rows };
}

function settingUnknown(chosen: ChosenCase, message: string, asks: readonly OpenItem[]): Abstention {
  const { cancerCase, notes, uncovered } = chosen;
  if (uncovered !== undefined)
    return { kind: 'abstained', code: 'not-covered', message: uncovered, cancerCase, asks, notes: notes.slice(1) };
  return { kind: 'abstained', code: 'setting-unknown', message, cancerCase, asks, notes };
}
