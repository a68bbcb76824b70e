// Cumulative anthracycline: what was given, in mg/m2 doxorubicin equivalents, plus what the regimen plans, against a limit.
// Parameters: `limit`; `equivalents` "drug=factor" (source: the rule's); `planned` yes: count the regimen's own dose too.
// Given before: the fact cumulative-anthracycline; unknown when there is no fact but an earlier course held an anthracycline; 0 when none did.
import type { Regimen } from '../../domain/corpus/regimen.js';
import type { Context } from '../criteria/trace.js';
import { factOf } from '../criteria/value.js';
import { type Check, NOT_MET, number, OPEN, words } from './check.js';
import { drugIs } from './regimen-drugs.js';

export const cumulativeAnthracycline: Check = ({ rule, regimen, context }) => {
  const factors = new Map(words(rule, 'equivalents').map((pair) => split(pair)));
  const limit = number(rule, 'limit') ?? Number.POSITIVE_INFINITY;
  const planned = words(rule, 'planned').includes('yes') ? plannedDose(regimen, factors) : 0;
  const before = givenBefore(context);
  if (before === undefined) return OPEN;
  const total = before + planned;
  if (planned > 0 ? total <= limit : total < limit) return NOT_MET;
  const words_ = planned > 0 ? ` and ${Math.round(planned)} planned` : '';
  return {
    state: 'met',
    because: [`${Math.round(before)} mg/m2 doxorubicin equivalents given${words_}, limit ${limit}`],
  };
};

function givenBefore(context: Context): number | undefined {
  const fact = factOf('cumulative-anthracycline', context);
  if (fact.known && typeof fact.value === 'number') return fact.value;
  const held = context.patient.cases
    .flatMap((c) => c.courses)
    .some(
      (c) =>
        c.outcome !== 'planned' && c.drugs.some((d) => drugIs(d, ['anthracycline', 'anthracenedione'], context.index)),
    );
  return held ? undefined : 0;
}

/** Dose per m2 by cycles by days of the schedule; a regimen without doses or cycles plans nothing that can be counted. */
function plannedDose(regimen: Regimen, factors: ReadonlyMap<string, number>): number {
  const cycles = Number.parseInt(regimen.cycles ?? '', 10);
  if (Number.isNaN(cycles)) return 0;
  return regimen.components.reduce((sum, { drug, dose, unit, schedule, note }) => {
    const factor = factors.get(drug);
    if (factor === undefined || dose === undefined || unit !== 'mg/m2') return sum;
    return sum + dose * factor * daysOf(schedule) * (ownCycles(note) ?? cycles);
  }, 0);
}

/** "day 1" 1, "day 1, 8" or "days 1, 8" 2, "days 1-3" 3. */
function daysOf(schedule: string | undefined): number {
  const list = /days? ([\d, -]+)/.exec(schedule ?? '')?.[1];
  if (list === undefined) return 1;
  return list.split(',').reduce((days, part) => {
    const [from, to] = part.split('-').map(Number);
    return days + (to === undefined || from === undefined ? 1 : to - from + 1);
  }, 0);
}

/** A component given in part of a sequence only: its note says "4 cycles". */
function ownCycles(note: string | undefined): number | undefined {
  const match = /(\d+) cycles/.exec(note ?? '');
  return match ? Number(match[1]) : undefined;
}

function split(pair: string): [string, number] {
  const [drug = '', factor = ''] = pair.split('=');
  return [drug, Number(factor)];
}
