// The keys by which two records of one person find each other: equal key, then `compareIdentity` looks closer. Plain words here; whoever
// stores them stores hashes.
import type { IdentityHints } from '../../domain/identity.js';
import { nameWords, skeleton } from './name.js';

export function identityKeys({ identifiers, names, birthDate }: IdentityHints): readonly string[] {
  const numbers = identifiers.map(({ kind, system, value }) =>
    kind === 'iin' ? `iin|${value}` : `number|${system.toLowerCase()}|${foldNumber(value)}`,
  );
  const bones = nameWords(names).map(skeleton);
  const year = birthDate?.slice(0, 4);
  const pairs = bones.flatMap((a, i) => bones.slice(i + 1).map((b) => [a, b].sort().join('|')));
  // A day and one word of the name, or a year and two: a day that was typed wrong still has its year.
  const days = birthDate?.length === 10 ? bones.map((bone) => `day|${birthDate}|${bone}`) : [];
  const years = year === undefined ? [] : pairs.map((pair) => `year|${year}|${pair}`);
  return [...new Set([...numbers, ...days, ...years])];
}

export const foldNumber = (value: string): string => value.replace(/[\s-]/g, '').toLowerCase();
