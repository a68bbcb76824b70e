// Seeded damage to JSON: nodes deleted, replaced, doubled or given another type; text cut or a character changed.
import type { Json } from './sample-bundle.js';

export type Random = () => number;

/** mulberry32: small, seeded, good enough to choose where to break something. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = <T>(items: readonly T[], random: Random): T | undefined => items[Math.floor(random() * items.length)];

const JUNK: readonly Json[] = [
  null,
  0,
  -1,
  1e308,
  true,
  '',
  ' ',
  'abc',
  '2024-02-31',
  '9999',
  [],
  {},
  [null],
  [[]],
  { coding: 5 },
  { coding: [{ code: 7 }] },
  { reference: '#x' },
  { value: 'x' },
  'Patient/p1',
  '\u0000\uD800',
];

type Holder = Json[] | { [key: string]: Json };
interface Slot {
  readonly holder: Holder;
  readonly key: string | number;
}

function slots(value: Json, found: Slot[] = []): Slot[] {
  if (Array.isArray(value)) {
    value.forEach((item, key) => {
      found.push({ holder: value, key });
      slots(item, found);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      found.push({ holder: value, key });
      slots(item, found);
    }
  }
  return found;
}

const read = ({ holder, key }: Slot): Json => (Array.isArray(holder) ? holder[Number(key)] : holder[key]) ?? null;
const write = ({ holder, key }: Slot, value: Json): void => {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  else holder[key] = value;
};
const remove = ({ holder, key }: Slot): void => {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
};

/** The text of a Bundle with one to four things wrong with it. */
export function mutateBundle(text: string, random: Random): string {
  if (random() < 0.1) return text.slice(0, Math.floor(random() * text.length));
  if (random() < 0.05) {
    const at = Math.floor(random() * text.length);
    return `${text.slice(0, at)}${pick(['{', '"', ',', '\\', '\u0007', 'x'], random)}${text.slice(at + 1)}`;
  }
  const json: Json = JSON.parse(text);
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--) damage(json, random);
  return JSON.stringify(json);
}

function damage(json: Json, random: Random): void {
  const all = slots(json);
  const slot = pick(all, random);
  if (slot === undefined) return;
  const value = read(slot);
  const kind = Math.floor(random() * 6);
  if (kind === 0) remove(slot);
  else if (kind === 1) write(slot, pick(JUNK, random) ?? null);
  else if (kind === 2) write(slot, Array.isArray(value) ? (value[0] ?? {}) : [value]);
  else if (kind === 3) write(slot, typeof value === 'string' ? value.length : JSON.stringify(value));
  else if (kind === 4) {
    const other = pick(all, random);
    write(slot, structuredClone(other === undefined ? null : read(other)));
  } else if (Array.isArray(slot.holder)) slot.holder.push(structuredClone(value));
  else slot.holder[`${slot.key}`] = [value, structuredClone(value)];
}
