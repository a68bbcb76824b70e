// What a named check of core/safety is given and what it answers. A check is a pure function; its numbers and names are the rule's
// parameters, so that a new limit or a new class is a line of corpus/safety, not of code.
import type { SafetyRule } from '../../domain/corpus/drug.js';
import type { Regimen } from '../../domain/corpus/regimen.js';
import type { Truth } from '../../domain/truth.js';
import type { Context } from '../criteria/trace.js';

export interface CheckInput {
  readonly rule: SafetyRule;
  readonly regimen: Regimen;
  readonly context: Context;
  /** Drugs of the regimen that the rule is about. */
  readonly subjects: readonly string[];
}

export interface CheckAnswer {
  readonly state: Truth;
  /** The facts that decided, in words. */
  readonly because: readonly string[];
}

export type Check = (input: CheckInput) => CheckAnswer;

export const NOT_MET: CheckAnswer = { state: 'not-met', because: [] };
export const OPEN: CheckAnswer = { state: 'unknown', because: [] };

const NO_WORDS: readonly string[] = [];

/** A parameter as a list of words. */
export function words(rule: SafetyRule, name: string): readonly string[] {
  const value = rule.parameters[name];
  return value === undefined ? NO_WORDS : Array.isArray(value) ? value : [String(value)];
}

export function number(rule: SafetyRule, name: string): number | undefined {
  const value = rule.parameters[name];
  return typeof value === 'number' ? value : undefined;
}
