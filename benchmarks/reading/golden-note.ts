// A golden note: documents in prose, and in expected.yaml the patient that a careful reader finds in them. The form is that of
// bin/cases.mjs with the ids of corpus/vocabulary in place of written names, and with what else may or must not be read.
// Lists are whole (what is read beyond them is an error) where given; facts are not: other facts of the note may be read.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const Day = z.union([z.string(), z.date().transform((d) => d.toISOString().slice(0, 10))]);
const Strings = z.array(z.string());
const Value = z.union([z.string(), z.number(), z.boolean().transform((b) => (b ? 'yes' : 'no'))]);
const Values = z.record(z.string(), Value);

const OUTCOMES = z.enum(['ongoing', 'completed', 'progressed', 'intolerant', 'stopped', 'unknown']);
const Step = z.union([
  z
    .object({
      drugs: Strings.min(1),
      outcome: OUTCOMES,
      /** Outcomes that a reader may find as well. */
      acceptOutcome: z.array(OUTCOMES).default([]),
      start: Day.optional(),
      end: Day.optional(),
      intent: z.string().optional(),
      with: z.literal('chemoradiotherapy').optional(),
    })
    .strict(),
  z
    .object({
      procedure: z.string(),
      text: z.string().optional(),
      date: Day.optional(),
      start: Day.optional(),
      end: Day.optional(),
    })
    .strict(),
  z.object({ status: z.string(), date: Day }).strict(),
]);
export type Step = z.infer<typeof Step>;

export const Expected = z
  .object({
    kind: z.string(),
    lang: z.enum(['en', 'ru', 'kk', 'mixed']),
    asOf: Day,
    traps: Strings,
    /** `accept`: codes that say the same with less or other precision. null where no cancer is to be found. */
    cancer: z
      .object({ oncotree: z.string(), accept: Strings.default([]), text: z.string() })
      .strict()
      .nullable(),
    otherCancers: Strings.default([]),
    abstains: z.boolean().default(false),
    stage: z.string().optional(),
    acceptStage: Strings.default([]),
    tnm: z.object({ c: z.string(), p: z.string() }).partial().strict().optional(),
    age: z.number().optional(),
    sex: z.enum(['female', 'male']).optional(),
    ecog: z.number().optional(),
    /** Where the note gives a range. */
    ecogIn: z.array(z.number()).optional(),
    /** Result word, or the alteration of a positive one. */
    markers: Values.default({}),
    acceptMarkers: Strings.default([]),
    notPositive: Strings.default([]),
    metastases: Strings.optional(),
    notMetastatic: z.boolean().optional(),
    acceptMetastases: Strings.default([]),
    facts: Values.default({}),
    /** Fact to another that may hold the number as well (GFR of an unnamed formula). */
    acceptFacts: z.record(z.string(), z.string()).default({}),
    /** Facts of the list that may also be left unknown. */
    acceptUnknownFacts: Strings.default([]),
    conditions: Strings.default([]),
    acceptConditions: Strings.default([]),
    absentConditions: Strings.default([]),
    medications: Strings.default([]),
    acceptMedications: Strings.default([]),
    allergies: Strings.default([]),
    acceptAllergies: Strings.default([]),
    notAllergies: Strings.default([]),
    therapies: z.array(Step).default([]),
    acceptProcedures: Strings.default([]),
    acceptDrugs: Strings.default([]),
    notGiven: Strings.default([]),
    line: z.number().optional(),
    setting: z.string().optional(),
    acceptSetting: Strings.default([]),
    unknown: Strings.default([]),
    firstOption: z.record(z.string(), Strings).default({}),
    neverRecommended: Strings.default([]),
    /** What the structured twin says and the note only implies, in the form of bin/cases.mjs. */
    twin: z.record(z.string(), z.unknown()).default({}),
    /** Why there is no structured twin. */
    noTwin: z.string().optional(),
  })
  .strict();
export type Expected = z.infer<typeof Expected>;

export interface GoldenNote {
  readonly slug: string;
  /** In order of name: note.txt, or note-1.txt, note-2.txt ... */
  readonly documents: readonly { readonly name: string; readonly text: string }[];
  readonly expected: Expected;
}

export function readGoldenNotes(folder: string): readonly GoldenNote[] {
  return readdirSync(folder)
    .sort()
    .filter((slug) => existsSync(join(folder, slug, 'expected.yaml')))
    .map((slug) => {
      const files = readdirSync(join(folder, slug)).filter((name) => name.endsWith('.txt'));
      const documents = files.sort().map((name) => ({ name, text: readFileSync(join(folder, slug, name), 'utf8') }));
      const written: unknown = parse(readFileSync(join(folder, slug, 'expected.yaml'), 'utf8'), { schema: 'core' });
      const checked = Expected.safeParse(written);
      if (!checked.success) throw new Error(`${slug}/expected.yaml: ${z.prettifyError(checked.error)}`);
      return { slug, documents, expected: checked.data };
    });
}
