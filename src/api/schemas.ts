// Shapes of requests and answers, as zod schemas: the queries are parsed with them and openapi.json is made of them.
import { z } from 'zod';

/** PostgreSQL text holds every character but NUL. */
const words = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\0]*$/, 'no NUL character');

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date as 2026-06-01');

const language = z.enum(['en', 'ru', 'kk']);

export const RecommendQuery = z
  .object({ asOf: isoDate.optional(), protocol: words(100).optional(), lang: language.optional() })
  .meta({
    description:
      'Day of the decision (default: the timestamp of the Bundle, else today); local protocol; language of names and reasons',
  });

export const LangQuery = z.object({ lang: language.optional() });

/** The form of /try. */
export const TryForm = z.object({ text: z.string().default(''), lang: language.default('en') });

export const PatientsQuery = z.object({
  cancer: words(60).optional().meta({ description: 'OncoTree code (with its descendants) or folder of the corpus' }),
  stage: z
    .string()
    .regex(/^(0|I|II|III|IV)[A-D]?\d?$/, 'a stage group as II or IIIA')
    .optional(),
  band: z.enum(['recommended', 'consider', 'not-recommended']).optional(),
  status: z.enum(['ranked', 'abstained', 'error']).optional(),
  region: words(100).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.coerce.number().int().nonnegative().default(0).meta({ description: '`next` of the page before' }),
});

export const CohortQuery = PatientsQuery.omit({ limit: true, cursor: true });

export const PatientId = z.object({ id: words(256).min(1) });

const text = z.string().nullable();

export const PatientRowBody = z
  .object({
    id: z.string(),
    cancer: text,
    cancerName: text,
    stage: text,
    setting: text,
    line: z.number().nullable(),
    age: z.number().nullable(),
    sex: text,
    region: text,
    organization: text,
    status: text,
    reason: text,
    band: text,
    regimen: text,
    regimenName: text,
  })
  .meta({ id: 'PatientRow' });

export const PatientsBody = z
  .object({ patients: z.array(PatientRowBody), next: z.number().nullable() })
  .meta({ id: 'Patients' });

const VersionBody = z
  .object({
    hash: z.string(),
    asOf: text,
    receivedAt: z.string(),
    patient: z.string().meta({ description: 'the record that it is of' }),
    inForce: z.boolean().meta({ description: 'false: superseded by a newer one of the same record' }),
  })
  .meta({ id: 'HistoryVersion' });

/** One person may have come under several ids; each of them answers with the whole person. */
const PersonBody = z
  .object({
    records: z.array(z.string()).meta({ description: 'ids of the records, the leading one first' }),
    decisions: z.array(
      z.object({
        action: z.enum(['merge', 'unmerge', 'apart']),
        a: z.string(),
        b: z.string(),
        by: z.string(),
        why: z.string(),
        automatic: z.boolean(),
        at: z.string(),
      }),
    ),
  })
  .meta({ id: 'Person' });

export const PatientBody = PatientRowBody.extend({
  case: z.string(),
  versions: z.array(VersionBody),
  person: PersonBody,
  normalized: z.looseObject({}).meta({ description: 'Facts, each known with its source or unknown with the reason' }),
}).meta({ id: 'Patient' });

const partialDate = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a date as 2026, 2026-06 or 2026-06-01');

export const TimelineQuery = z.object({
  from: partialDate
    .optional()
    .meta({ description: 'events that may have been on this day or later; undated ones stay out' }),
  to: partialDate.optional(),
  kind: z.enum(['condition', 'observation', 'medication', 'procedure', 'allergy', 'report']).optional(),
  superseded: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'true: also what only superseded versions of the history tell, marked so' }),
});

export const TimelineBody = z
  .object({
    patient: z.string(),
    case: z.string(),
    records: z.array(z.string()),
    versions: z.array(VersionBody),
    unreadable: z.array(z.string()).meta({ description: 'superseded versions that this program cannot read any more' }),
    events: z.array(
      z.object({
        date: text,
        end: text,
        kind: z.string(),
        text: z.string(),
        codes: z.array(z.object({ system: z.string().optional(), code: z.string() })),
        value: text,
        status: text,
        place: text.meta({ description: 'of the source; with several records the id of the record stands before it' }),
        superseded: z.boolean(),
        version: text.meta({ description: 'hash of the superseded version that tells it; null for what is in force' }),
      }),
    ),
  })
  .meta({ id: 'Timeline' });

export const CohortBody = z
  .object({
    patients: z.number(),
    scored: z.number(),
    ranked: z.number(),
    abstained: z.array(z.object({ reason: z.string(), patients: z.number() })),
    errors: z.number(),
    bands: z.array(
      z.object({
        cancer: z.string(),
        name: z.string(),
        recommended: z.number(),
        consider: z.number(),
        notRecommended: z.number(),
        abstained: z.number(),
      }),
    ),
  })
  .meta({ id: 'CohortSummary' });

/** What the doctor chose for one question of a recommendation; `regimen` may be one that was not offered. */
export const DecisionBody = z
  .object({
    decision: words(100).min(1),
    regimen: words(200).min(1),
    reason: words(2000).optional(),
    by: words(200).optional().meta({ description: 'who decided: a role or an id of your own system' }),
  })
  .strict()
  .meta({ id: 'Decision' });

export const DecisionTakenBody = z
  .object({
    decision: z.string(),
    chosen: z.string(),
    chosenBand: text,
    first: text,
    firstBand: text,
    overridden: z.boolean().meta({ description: 'another option than the first was chosen' }),
    reason: text,
    by: text,
  })
  .meta({ id: 'DecisionTaken' });

/** A FHIR R4 Bundle; read and checked by the reader, which names every fault. */
export const BundleBody = z.looseObject({ resourceType: z.literal('Bundle') }).meta({ id: 'Bundle' });
export const NoteBody = z.object({ id: z.string().optional(), text: z.string() }).strict().meta({ id: 'Note' });
/** Several documents of one patient; of what changes, the latest counts. */
export const DocumentsBody = z
  .object({
    id: z.string().optional(),
    documents: z.array(z.object({ id: z.string().optional(), date: z.string().optional(), text: z.string() })),
  })
  .strict()
  .meta({ id: 'Documents' });
