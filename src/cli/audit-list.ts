// A list of the audit, as `shipa audit --format ndjson` wrote it and somebody kept outside of the backups.
import { readFileSync } from 'node:fs';

interface Line {
  readonly seq: number;
  readonly action: string;
  readonly subject: string;
}

function linesOf(file: string): readonly Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text, i) => {
      if (text.trim() === '') return [];
      try {
        const { seq, action, subject }: Readonly<Record<string, unknown>> = JSON.parse(text);
        if (typeof action !== 'string' || typeof seq !== 'number') throw new Error('no action');
        return typeof subject === 'string' ? [{ seq, action, subject }] : [];
      } catch (cause) {
        throw new Error(`${file} line ${i + 1} is no line of the audit`, { cause });
      }
    });
}

/** Whose erasure is in the list. */
export const erasedIn = (file: string): readonly string[] => [
  ...new Set(linesOf(file).flatMap(({ action, subject }) => (action === 'erase' ? [subject] : []))),
];

/** Who is held at the end of the list, and whose hold was lifted and not put on again. */
export function heldIn(file: string): { readonly held: readonly string[]; readonly lifted: readonly string[] } {
  const last = new Map<string, string>();
  for (const { action, subject } of [...linesOf(file)].sort((a, b) => a.seq - b.seq)) last.set(subject, action);
  const whose = (wanted: string): readonly string[] =>
    [...last].flatMap(([subject, action]) => (action === wanted ? [subject] : []));
  return { held: whose('hold'), lifted: whose('lift') };
}
