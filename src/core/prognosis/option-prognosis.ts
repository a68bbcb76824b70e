// The published survival model that speaks of an option for this patient, if one does.
import type { Regimen } from '../../domain/corpus/regimen.js';
import type { Prognosis } from '../../domain/recommendation.js';
import type { Context } from '../criteria/trace.js';
import { breastBenefit } from './breast-benefit.js';
import { prostateBenefit } from './prostate-benefit.js';

/** Percent and points are rounded to a tenth: the models' own precision. */
export function prognosisOf(regimen: Regimen, context: Context): Prognosis | undefined {
  const found = breastBenefit(regimen, context) ?? prostateBenefit(regimen, context);
  if (found === undefined) return undefined;
  const tenth = (x: number): number => Math.round(x * 10) / 10 + 0;
  const rounded = ({ low, high }: { readonly low: number; readonly high: number }) => ({
    low: tenth(low),
    high: tenth(high),
  });
  const horizons = found.horizons.map(({ years, survivalPercent, gainPoints }) => ({
    years,
    survivalPercent: rounded(survivalPercent),
    gainPoints: gainPoints === null ? null : rounded(gainPoints),
  }));
  return { ...found, horizons };
}
