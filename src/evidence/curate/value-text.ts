// Values as a reviewer reads and writes them: "HR 0.57 (0.44 to 0.75) p <0.001", "18.9 (15.2 to 21.4)", "34% (30 to 38)". The same words are
// stored in the log, so that a decision can be read without a program.
import type { Field } from './field.js';

export interface EffectValue {
  readonly measure: 'HR' | 'OR' | 'RR' | 'MD';
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  /** 0-1; 0.95 where not said. */
  readonly level?: number;
  readonly p?: string;
}

export interface FigureValue {
  /** null: not reached (medians only). */
  readonly value: number | null;
  readonly low?: number;
  readonly high?: number;
}

const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const RANGE = String.raw`(?:\s*\(\s*(?:(?<level>\d+(?:\.\d+)?)\s*%\s*)?(?<low>${NUMBER})?\s*%?\s*(?:to|-|–|,)\s*(?<high>${NUMBER})?\s*%?\s*\))?`;
const EFFECT = new RegExp(
  String.raw`^(?<measure>HR|OR|RR|MD)\s+(?<value>${NUMBER})${RANGE}(?:\s*,?\s*p\s*=?\s*(?<p>(?:[<>≤≥]\s*)?(?:\d*\.?\d+(?:e-\d+)?|NS)))?$`,
  'i',
);
const FIGURE = new RegExp(String.raw`^(?<value>${NUMBER}|not reached|NR)\s*(?:%|months?)?${RANGE}$`, 'i');

export function effectText({ measure, value, low, high, level, p }: EffectValue): string {
  const named = level === undefined || level === 0.95 ? '' : `${shown(level * 100)}% `;
  const range = low === undefined && high === undefined ? '' : ` (${named}${low ?? ''} to ${high ?? ''})`;
  return `${measure} ${value}${range}${p === undefined ? '' : ` p ${p}`}`;
}

export function figureText({ value, low, high }: FigureValue, percent: boolean): string {
  const range = low === undefined && high === undefined ? '' : ` (${low ?? ''} to ${high ?? ''})`;
  return `${value ?? 'not reached'}${percent && value !== null ? '%' : ''}${range}`;
}

/** @returns the value, or what is wrong with the text */
export function parseEffect(text: string): EffectValue | string {
  const groups = EFFECT.exec(text.trim())?.groups;
  if (groups === undefined) return `"${text}" is no effect; write it as "HR 0.57 (0.44 to 0.75) p <0.001"`;
  const { measure = '', value, low, high, level, p } = groups;
  const effect: EffectValue = {
    measure: measure.toUpperCase() as EffectValue['measure'], // One of the four, by the pattern.
    value: Number(value),
    ...(low !== undefined && { low: Number(low) }),
    ...(high !== undefined && { high: Number(high) }),
    ...(level !== undefined && { level: Number(level) / 100 }),
    ...(p !== undefined && { p: p.replaceAll(' ', '') }),
  };
  if (effect.measure !== 'MD' && effect.value <= 0) return `"${text}": a ratio is greater than 0`;
  return outside(effect.value, effect) ?? effect;
}

export function parseFigure(text: string, unit: 'months' | '%'): FigureValue | string {
  const groups = FIGURE.exec(text.trim())?.groups;
  const example = unit === '%' ? '"34% (30 to 38)"' : '"18.9 (15.2 to 21.4)" or "not reached"';
  if (groups === undefined)
    return `"${text}" is no ${unit === '%' ? 'percentage' : 'number of months'}; write it as ${example}`;
  const { value = '', low, high } = groups;
  const reached = /^-?\d/.test(value);
  if (unit === '%' && (!reached || Number(value) < 0 || Number(value) > 100))
    return `"${text}": a percentage is 0 to 100`;
  if (unit === 'months' && reached && Number(value) <= 0) return `"${text}": months are greater than 0`;
  const figure: FigureValue = {
    value: reached ? Number(value) : null,
    ...(low !== undefined && { low: Number(low) }),
    ...(high !== undefined && { high: Number(high) }),
  };
  return (figure.value === null ? undefined : outside(figure.value, figure)) ?? figure;
}

/** A value outside its own interval was misread or mistyped. */
function outside(value: number, { low, high }: { readonly low?: number; readonly high?: number }): string | undefined {
  if ((low === undefined || low <= value) && (high === undefined || value <= high)) return undefined;
  return `${value} lies outside its own interval ${low ?? ''} to ${high ?? ''}`;
}

/** Months or a percentage, by the field. */
export const unitOf = (field: Field): '%' | 'months' =>
  field.kind === 'harm' || (field.kind === 'result' && (field.part === 'rate' || field.part === 'at')) ? '%' : 'months';

const shown = (n: number): string => String(Math.round(n * 1000) / 1000);
