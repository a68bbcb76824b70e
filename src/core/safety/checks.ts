// The table of named checks: what a rule's `check` may say.
import { allergy } from './allergy.js';
import type { Check } from './check.js';
import { combination } from './combination.js';
import { cumulativeAnthracycline } from './cumulative-anthracycline.js';
import { interaction } from './interaction.js';
import { priorFailure } from './prior-failure.js';
import { priorRadiotherapy } from './prior-radiotherapy.js';
import { recentCondition } from './recent-condition.js';
import { renalFunction } from './renal-function.js';

export const CHECKS: Readonly<Record<string, Check>> = {
  allergy,
  combination,
  'cumulative-anthracycline': cumulativeAnthracycline,
  interaction,
  'prior-failure': priorFailure,
  'prior-radiotherapy': priorRadiotherapy,
  'recent-condition': recentCondition,
  'renal-function': renalFunction,
};
