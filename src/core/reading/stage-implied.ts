// What a stage told in part says in full. "T1a" or "in situ" without a word on nodes and metastases: so one speaks of an early tumour that was not found to have spread, and the
// category alone names the setting. Only where T1a is that early: stomach and oesophagus (mucosa), gallbladder (lamina propria); AJCC 8.
import type { StageSaid } from './spread.js';

const ORGAN = /^(?:STOMACH|BILIARY_TRACT)$/;
const LONE = /^([yrau]{0,2}[cp]?)\s?t\s?(?:is|1a)$/iu;

/** The lone category with what goes without saying; undefined where more, or other, is told. */
export function earlyAlone<T extends StageSaid>(stages: readonly T[], organ: string): T | undefined {
  const [only] = stages;
  if (only === undefined || !ORGAN.test(organ) || stages.length > 1 || only.name !== 'TNM') return undefined;
  return LONE.test(only.value) ? { ...only, value: `${only.value} cN0 cM0` } : undefined;
}

/** "No metastases" beside a T and N without an M, or beside no stage at all, is M0 and told. */
export function withDeniedSpread<T extends StageSaid>(
  stages: readonly T[],
  denial: Told | undefined,
): readonly (T | StageSaid)[] {
  if (denial === undefined) return stages;
  if (stages.length === 0) return [{ value: 'cM0', name: 'TNM', ...denial }];
  return stages.length === 1 && stages[0]?.name === 'TNM' && !/m/iu.test(stages[0].value)
    ? [{ ...stages[0], value: `${stages[0].value} cM0` }]
    : stages;
}

interface Told {
  readonly start: number;
  readonly end: number;
}

/** Stage IV alone, of organs whose IVA may be local: a line of systemic treatment is then of metastatic disease. */
export const isBareFour = (
  stages: readonly { readonly name: string; readonly value: string }[],
  organ: string,
): boolean =>
  /^(?:STOMACH|BILIARY_TRACT|PANCREAS|BOWEL)$/.test(organ) &&
  stages.length > 0 &&
  stages.every((x) => x.name === 'Stage group' && /^(?:IV|4)$/.test(x.value));
