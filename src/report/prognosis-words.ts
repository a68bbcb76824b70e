// A published survival model's answer in one sentence.
import type { Interval, Prognosis } from '../domain/recommendation.js';

/** "PREDICT Breast 3.2: 10-year survival gain 3.1 points, 15-year 4.0 points, by endocrine therapy over surgery; 10-year survival 84.2 %." */
export function prognosisInWords({ model, source, treatment, over, horizons, unknown, missing }: Prognosis): string {
  if (horizons.length === 0) return `${model}: no number for ${treatment}; needs ${missing.join(', ')} (${source})`;
  const gains = horizons.flatMap(({ years, gainPoints }) =>
    gainPoints === null ? [] : [`${years}-year survival gain ${interval(gainPoints)} points`],
  );
  const survivals = horizons.map(
    ({ years, survivalPercent }) => `${interval(survivalPercent)} % alive at ${years} years`,
  );
  return [
    `${model}: ${[...gains, ...survivals].join(', ')}, by ${treatment}${over === null ? '' : ` over ${over}`}`,
    ...(unknown.length > 0 ? [`not known: ${unknown.join(', ')}`] : []),
    source,
  ].join('; ');
}

const interval = ({ low, high }: Interval): string =>
  low === high ? low.toFixed(1) : `${low.toFixed(1)} to ${high.toFixed(1)}`;
