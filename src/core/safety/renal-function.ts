// Renal function: creatinine clearance (Cockcroft-Gault), or estimated GFR when no clearance is known.
// Labels give their limits as Cockcroft-Gault clearance; at these limits the two are used for one another (FDA guidance on renal
// impairment studies, 2024). Parameters: `below` and `min`, mL/min: the finding holds for min <= value < below.
import { factOf } from '../criteria/value.js';
import { type Check, NOT_MET, number, OPEN } from './check.js';

export const renalFunction: Check = ({ rule, context }) => {
  for (const [name, words] of [
    ['creatinine-clearance', 'creatinine clearance'],
    ['egfr', 'estimated GFR'],
  ] as const) {
    const fact = factOf(name, context);
    if (!fact.known || typeof fact.value !== 'number') continue;
    const { value } = fact;
    const low = value < (number(rule, 'below') ?? Number.NEGATIVE_INFINITY) && value >= (number(rule, 'min') ?? 0);
    if (low) return { state: 'met', because: [`${words} ${Math.round(value * 10) / 10} mL/min`] };
    // What was computed without a weight can warn; it clears nobody.
    return name === 'egfr' && fact.source.kind === 'derived' ? OPEN : NOT_MET;
  }
  return OPEN;
};
