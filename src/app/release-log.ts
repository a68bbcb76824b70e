// The signed history of releases (models/history.jsonl): who moved the pointer to what, when and why. Each line names the hash of the
// one before it, so that a line taken out or changed afterwards is seen.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { FULL_GATE, type GateReport } from '../evidence/gate/gate-report.js';

export { ChangeReason } from '../evidence/gate/reasons.js';
export type { GateReport };

const Model = z.object({ id: z.string(), version: z.string() }).strict();
export type Model = z.infer<typeof Model>;

export const ReleaseEntry = z
  .object({
    action: z.enum(['release', 'rollback']),
    model: Model,
    /** What was in force before; null for the first. */
    from: Model.nullable(),
    by: z.string(),
    role: z.string(),
    why: z.string(),
    at: z.string(),
    /** SHA-256 of gate.json; null for a rollback, whose model was gated when it was released. */
    gate: z.string().nullable(),
    /** SHA-256 of the line before; null for the first. */
    previous: z.string().nullable(),
  })
  .strict();
export type ReleaseEntry = z.infer<typeof ReleaseEntry>;

export const nameOf = ({ id, version }: Model): string => `${id}@${version}`;
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
const lineOf = (entry: ReleaseEntry): string => JSON.stringify(entry);

/** @throws Error that names the line which is not what was written. */
export function readLog(text: string): readonly ReleaseEntry[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line, i) => {
    const entry = ReleaseEntry.parse(JSON.parse(line));
    const before = lines[i - 1];
    if (entry.previous !== (before === undefined ? null : sha256(before)))
      throw new Error(
        `history.jsonl, line ${i + 1}: the line before it is not the one that was there when it was written`,
      );
    return entry;
  });
}

/** The log with one more entry. */
export function appended(text: string, entry: Omit<ReleaseEntry, 'previous'>): string {
  readLog(text);
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  return `${text}${lineOf({ ...entry, previous: last === '' ? null : sha256(last) })}\n`;
}

export interface Signature {
  readonly by: string;
  readonly role: string;
  readonly why: string;
}

const NOBODY = /anonym|unknown|nobody|noname|administrator|\b(admin|root|user|test|bot|system|someone|n\/a)\b/i;

/** Why a signature is not that of a named person with a reason; empty when it is. */
export function signatureFaults({ by, role, why }: Signature): readonly string[] {
  const words = by
    .trim()
    .split(/\s+/u)
    .filter((word) => /^\p{L}[\p{L}.'’-]*$/u.test(word));
  return [
    ...(words.length < 2 || !words.some((w) => w.replaceAll('.', '').length > 1) || NOBODY.test(by)
      ? [`--by wants the first and last name of a person, not "${by}"`]
      : []),
    ...(role.trim().length < 3 || NOBODY.test(role)
      ? [`--role wants the function in which that person signs, not "${role}"`]
      : []),
    ...(why.trim().length < 15 ? ['--why wants a reason in words (15 characters or more)'] : []),
  ];
}

export interface ReleaseState {
  readonly report: GateReport;
  /** SHA-256 of the model's files as they are now. */
  readonly files: Readonly<Record<string, string>>;
  /** Pointer now, and whether what it names was signed. */
  readonly pointer: Model | null;
  readonly pointerSigned: boolean;
}

/** Why the model may not be released; empty when it may. */
export function releaseFaults(
  model: Model,
  { report, files, pointer, pointerSigned }: ReleaseState,
): readonly string[] {
  const name = nameOf(model);
  const other = Object.keys({ ...files, ...report.files }).filter((file) => files[file] !== report.files[file]);
  const against = pointer === null || (nameOf(pointer) === name && !pointerSigned) ? null : nameOf(pointer);
  return [
    ...(report.model === name ? [] : [`gate.json is of ${report.model}`]),
    ...(report.passed
      ? []
      : report.checks.filter((c) => !c.passed).map((c) => `the gate is red: ${c.name}: ${c.detail}`)),
    ...(other.length === 0 ? [] : [`not the bytes that were gated: ${other.join(', ')}; run the gate again`]),
    ...(report.patients >= FULL_GATE.patients && report.rows >= FULL_GATE.rows
      ? []
      : [
          `the gate saw ${report.patients} patients and ${report.rows} rows; a release needs ${FULL_GATE.patients} of each`,
        ]),
    ...(against === null || report.against === against || against === name
      ? []
      : [`the gate was against ${report.against ?? 'nothing'}, and ${against} is released now; run it again`]),
  ];
}

/** Where a rollback goes: to what was in force before the newest release of the model that the pointer names. */
export function rollbackTarget(log: readonly ReleaseEntry[], pointer: Model): Model {
  const release = log.filter((e) => e.action === 'release' && nameOf(e.model) === nameOf(pointer)).at(-1);
  if (release === undefined)
    throw new Error(`${nameOf(pointer)} was not released with a signature; there is nothing to go back to`);
  if (release.from === null || nameOf(release.from) === nameOf(pointer))
    throw new Error(`${nameOf(pointer)} was the first release; there is nothing before it`);
  return release.from;
}

const HEAD = '## Signed';

/** The card with who signed: the section is replaced when there is one. */
export function signedCard(card: string, entry: ReleaseEntry | null): string {
  const bare = card.includes(`\n${HEAD}\n`) ? card.slice(0, card.indexOf(`\n${HEAD}\n`)).trimEnd() : card.trimEnd();
  const words =
    entry === null
      ? 'Nobody yet: this model is not released by a named reviewer (`shipa corpus release`).'
      : `${entry.by}, ${entry.role}, on ${entry.at}: "${entry.why}" Gate \`${entry.gate?.slice(0, 16)}\` (gate.json), signature in release.json and models/history.jsonl.`;
  return `${bare}\n\n${HEAD}\n\n${words}\n`;
}

/** The card with what the gate found, in place of the section "Performance". A card from before there was one is left as it is. */
export function gatedCard(card: string, report: GateReport): string {
  const [, before = card, after] = /^([\s\S]*?\n## Performance\n)[\s\S]*?(\n## [\s\S]*)$/.exec(card) ?? [];
  if (after === undefined) return card;
  const found = report.checks.map(
    (c) => `| ${c.name} | ${c.passed ? 'pass' : '**fail**'} | ${c.detail.replaceAll('|', '/')} |`,
  );
  const verdict = `Judged by \`shipa corpus gate\` against ${report.against ?? 'nothing (no other model was released)'}: ${report.passed ? 'green' : '**red**'}. ${report.patients} simulated patients, ${report.rows} random rows; gate.json has every change with its reason.`;
  return `${before}\n${verdict}\n\n| check | | found |\n|---|---|---|\n${found.join('\n')}\n${after}`;
}
