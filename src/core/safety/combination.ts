// Combination: two drugs of the same regimen that should not meet, or not without care.
// Parameter: `with` drugs, classes or properties of the other drug; `minimum` how many others there must be (default 1).
import { type Check, NOT_MET, number, words } from './check.js';
import { drugIs, drugsOf } from './regimen-drugs.js';

export const combination: Check = ({ rule, regimen, context, subjects }) => {
  const asked = words(rule, 'with');
  const others = drugsOf(regimen).filter(
    (drug) => drugIs(drug, asked, context.index) && subjects.some((subject) => subject !== drug),
  );
  if (others.length < (number(rule, 'minimum') ?? 1)) return NOT_MET;
  return { state: 'met', because: [[...new Set([...subjects, ...others])].join(' + ')] };
};
