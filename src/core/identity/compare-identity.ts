// Two records: one person? A valid national number may answer yes by itself, when nothing speaks against it; all else only makes a
// candidate for a person to look at. Merging two people is worse than leaving one person in two records, so doubt never merges.
import type { IdentityEvidence, IdentityHints, IdentityVerdict } from '../../domain/identity.js';
import { dayRange, type PartialDate } from '../../domain/partial-date.js';
import { foldNumber } from './identity-keys.js';
import { parseIin } from './iin.js';
import { nameWords, sharedWords } from './name.js';

export function compareIdentity(a: IdentityHints, b: IdentityHints): IdentityVerdict {
  const number = numberEvidence(a, b);
  const birth = birthEvidence(a, b);
  const sex = sexEvidence(a, b);
  const name = nameEvidence(a, b);
  const evidence = [...number, ...birth, ...sex, ...name];
  const national = number.some((e) => e.agrees && e.text.startsWith('IIN'));
  const against = evidence.some((e) => !e.agrees);
  if (national && !against) return { verdict: 'same', evidence };
  if (number.some((e) => e.agrees)) return { verdict: 'candidate', evidence };
  // Two valid numbers that differ are two people, however alike their names.
  if (number.some((e) => !e.agrees) || sex.some((e) => !e.agrees)) return { verdict: 'different', evidence };
  const alike = name.some((e) => e.agrees) && nearBirth(a.birthDate, b.birthDate);
  return { verdict: alike ? 'candidate' : 'different', evidence };
}

function numberEvidence(a: IdentityHints, b: IdentityHints): readonly IdentityEvidence[] {
  const [x, y] = [a, b].map((h) => h.identifiers.filter((i) => i.kind === 'iin').map((i) => i.value));
  const iin = sayIin(x ?? [], y ?? []);
  const others = a.identifiers
    .filter((i) => i.kind !== 'iin')
    .filter((i) =>
      b.identifiers.some(
        (o) =>
          o.kind !== 'iin' &&
          o.system.toLowerCase() === i.system.toLowerCase() &&
          foldNumber(o.value) === foldNumber(i.value),
      ),
    )
    .map(
      (i): IdentityEvidence => ({
        what: 'number',
        agrees: true,
        text: `the same number of ${i.system === '' ? 'no named system' : i.system}`,
      }),
    );
  return [...iin, ...others];
}

/** One record with two different numbers is itself in doubt. */
function sayIin(x: readonly string[], y: readonly string[]): readonly IdentityEvidence[] {
  if (x.length === 0 || y.length === 0) return [];
  const all = new Set([...x, ...y]);
  if (all.size === 1) return [{ what: 'number', agrees: true, text: 'IIN equal, checksum right' }];
  const shared = x.some((value) => y.includes(value));
  return [
    ...(shared ? [{ what: 'number' as const, agrees: true, text: 'IIN equal, checksum right' }] : []),
    { what: 'number', agrees: false, text: 'valid IINs that differ' },
  ];
}

/** The number itself tells day and sex: a record that says otherwise carries a number of somebody else. */
function birthEvidence(a: IdentityHints, b: IdentityHints): readonly IdentityEvidence[] {
  const [x, y] = [a.birthDate, b.birthDate];
  const between: readonly IdentityEvidence[] =
    x === undefined || y === undefined
      ? []
      : [
          {
            what: 'birth-date',
            agrees: overlap(x, y),
            text: overlap(x, y) ? 'birth dates agree' : 'birth dates differ',
          },
        ];
  const within = [a, b].flatMap((h) =>
    iinsOf(h).some((iin) => h.birthDate !== undefined && !overlap(iin.birthDate, h.birthDate))
      ? [{ what: 'birth-date' as const, agrees: false, text: 'a birth date is not that of its IIN' }]
      : [],
  );
  return [...between, ...within];
}

function sexEvidence(a: IdentityHints, b: IdentityHints): readonly IdentityEvidence[] {
  const between: readonly IdentityEvidence[] =
    a.sex === undefined || b.sex === undefined
      ? []
      : [{ what: 'sex', agrees: a.sex === b.sex, text: a.sex === b.sex ? 'sex agrees' : 'sex differs' }];
  const within = [a, b].flatMap((h) =>
    iinsOf(h).some((iin) => h.sex !== undefined && iin.sex !== h.sex)
      ? [{ what: 'sex' as const, agrees: false, text: 'a sex is not that of its IIN' }]
      : [],
  );
  return [...between, ...within];
}

/** Two words of the name agree, or the only one that a record has. A family name alone changes at marriage: no word in common differs. */
function nameEvidence(a: IdentityHints, b: IdentityHints): readonly IdentityEvidence[] {
  const [x, y] = [nameWords(a.names), nameWords(b.names)];
  if (x.length === 0 || y.length === 0) return [];
  const shared = sharedWords(x, y);
  if (shared === 0) return [{ what: 'name', agrees: false, text: 'no word of the names agrees' }];
  const enough = shared >= Math.min(2, x.length, y.length);
  return enough ? [{ what: 'name', agrees: true, text: `${shared} words of the names agree` }] : [];
}

const iinsOf = (h: IdentityHints) => h.identifiers.flatMap((i) => (i.kind === 'iin' ? (parseIin(i.value) ?? []) : []));

function overlap(a: PartialDate, b: PartialDate): boolean {
  const [x, y] = [dayRange(a), dayRange(b)];
  return x.first <= y.last && y.first <= x.last;
}

/** The same day, or one slip of the hand: the year with day or month right, day and month exchanged. */
function nearBirth(a: PartialDate | undefined, b: PartialDate | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (overlap(a, b)) return true;
  const [x, y] = [a.split('-'), b.split('-')];
  if (x.length < 3 || y.length < 3) return false;
  const equal = [0, 1, 2].filter((i) => x[i] === y[i]).length;
  return equal === 2 || (x[0] === y[0] && x[1] === y[2] && x[2] === y[1]);
}
