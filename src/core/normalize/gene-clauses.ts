// A gene's result that says several things: "Exon 19 deletion detected; T790M not detected", "Negative for G12C, positive for
// G12D". Read clause by clause: what was found makes it positive, what was looked for in vain is denied.
import type { BiomarkerTerm } from '../../domain/corpus/vocabulary.js';
import type { ObservationEntry } from '../../domain/history.js';
import { parseAlterations } from './alteration.js';
import { type BiomarkerReading, plainReading, qualitative, valueTexts } from './biomarker-reading.js';
import { conceptTexts } from './reading-log.js';
import type { Terminology } from './terminology.js';

/** The reading of a marker's own observation, a gene's by clauses where it has several. */
export function markerReading(
  entry: ObservationEntry,
  term: BiomarkerTerm,
  terms: Terminology,
): BiomarkerReading | undefined {
  const [text, ...others] = valueTexts(entry.value);
  if (term.kind !== 'gene' || text === undefined || others.length > 0) return plainReading(entry, term, terms);
  const clauses = statedClauses(text, terms);
  const telling = clauses.filter((c) => c.word !== undefined || parseAlterations(c.text, term).length > 0);
  const mixed = new Set(clauses.map((c) => c.word)).size > 1;
  const said = (words: string) => plainReading({ ...entry, value: { kind: 'text', text: words } }, term, terms);
  if (telling.length > 1 && (mixed || telling.some((c) => c.word === 'negative')))
    return merged(
      telling.flatMap(({ text: clause, word }) => said(withWord(clause, word, terms)) ?? []),
      entry,
    );
  const reading = plainReading(entry, term, terms) ?? said(completed(entry, term, text));
  return reading === undefined ? undefined : { ...reading, entry };
}

const SCORES = /\b(?:tps|cps|ic|tc)\b/gi;

/** "TPS 60%, CPS 65": each score of PD-L1 is a result of its own. */
export function scoresApart(entry: ObservationEntry): readonly ObservationEntry[] {
  const [text = ''] = valueTexts(entry.value);
  const parts = text.split(/[;,/\n](?!\d)|\band\b/i).filter((part) => part.match(SCORES) !== null);
  const scores = new Set(parts.map((part) => part.match(SCORES)?.[0]?.toLowerCase()));
  if (parts.length < 2 || scores.size !== parts.length) return [entry];
  return parts.map((part) => ({ ...entry, value: { kind: 'text', text: part.trim() } }));
}

interface Clause {
  readonly text: string;
  readonly word: string | undefined;
}

/** Clauses with the word that holds for each: its own, else the next one's of its sentence ("A and B not detected"), else the one before. */
function statedClauses(text: string, terms: Terminology): readonly Clause[] {
  return text
    .split(/[;\n]|(?<![cpg\d])\.(?=\s|$)/)
    .flatMap((sentence) => {
      const parts = sentence.split(/,(?!\d)|(?<=\s)(?:and|but|и|но|а)(?=\s)/i).map((part) => part.trim());
      const own = parts.map((part) => qualitative({ kind: 'text', text: part }, terms));
      return parts.map((part, i) => ({
        text: part,
        word:
          own[i] ?? own.slice(i + 1).find((w) => w !== undefined) ?? own.slice(0, i).findLast((w) => w !== undefined),
      }));
    })
    .filter((clause) => clause.text !== '');
}

const withWord = (text: string, word: string | undefined, terms: Terminology): string =>
  word === undefined || qualitative({ kind: 'text', text }, terms) !== undefined
    ? text
    : `${text} ${word === 'negative' ? 'not detected' : word === 'positive' ? 'detected' : word}`;

function merged(readings: readonly BiomarkerReading[], entry: ObservationEntry): BiomarkerReading | undefined {
  const found = readings.filter((r) => r.result === 'positive');
  const [first] = found;
  if (first !== undefined) return { ...first, entry, alterations: found.flatMap((r) => r.alterations) };
  const denied = readings.filter((r) => r.result === 'negative');
  const [negative] = denied;
  const [any] = readings;
  if (negative === undefined) return any === undefined ? undefined : { ...any, entry };
  return {
    ...negative,
    entry,
    partial: denied.every((r) => r.partial),
    denied: denied.flatMap((r) => r.denied ?? []),
  };
}

const CHANGE =
  /^\s*(?:deletion|insertion|duplication|rearrangement|fusion|amplification|skipping|делеция|инсерция|перестройка|слияние|амплификация)\b/iu;
const STRONG_STAIN = /^\s*(?:ihc\s*)?(?:score\s*)?3\s?\+?(?=\s|$|[(,])/i;

/** Answers that need their question: "EGFR exon 19: deletion"; ALK by immune stain "3+" (an accepted test of the fusion, ESMO 2023). */
function completed(entry: ObservationEntry, term: BiomarkerTerm, text: string): string {
  const name = conceptTexts(entry.code).join(' ');
  if (term.name === 'ALK' && STRONG_STAIN.test(text) && /ihc|immun|d5f3|игх/i.test(name)) return 'Positive';
  return CHANGE.test(text) ? `${name} ${text} detected` : text;
}
