// Shapes of requests and answers, as zod schemas: the queries are parsed with them and openapi.json is made of them.
import { z } from 'zod';

/** PostgreSQL text holds every character but NUL. */
const words = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\0]*$/, 'no NUL character');

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date as 2026-06-01');

export const RecommendQuery = z
  .object({ asOf: isoDate.optional(), protocol: words(100).optional() })
  .meta({ description: 'Day of the decision (default: the timestamp of the Bundle, else today); local protocol' });

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

const OptionBody = z.looseObject({
  decision: z.string(),
  rank: z.number().int().nullable(),
  band: z.enum(['recommended', 'consider', 'not-recommended']),
  provisional: z.boolean(),
  preference: z.enum(['preferred', 'acceptable', 'historical']),
  beforeFirstDose: z.array(z.string()),
  regimen: z.object({ id: z.string(), name: z.string(), drugs: z.array(z.string()), modalities: z.array(z.string()) }),
  care: z
    .looseObject({
      mechanisms: z.array(z.object({ drug: z.string(), text: z.string() })),
      monitoring: z.array(z.string()),
      vomiting: z.object({ risk: z.string(), advice: z.string().nullable() }).nullable(),
      febrileNeutropenia: z
        .object({ risk: z.string(), advice: z.string().nullable(), verified: z.boolean() })
        .nullable(),
    })
    .optional(),
  utility: z.number().nullable(),
  benefit: z.looseObject({ outcome: z.string(), gainMonths: z.number().nullable() }).nullable(),
  harm: z.object({ grade3Plus: z.number().nullable() }),
  certainty: z.enum(['high', 'moderate', 'low', 'very low']).nullable(),
  strength: z.enum(['strong-for', 'weak-for', 'weak-against', 'strong-against']),
  criteria: z.array(z.looseObject({ text: z.string(), state: z.enum(['met', 'not-met', 'unknown']) })),
  safety: z.array(z.looseObject({ verdict: z.string(), rule: z.string(), message: z.string() })),
  evidence: z.array(z.looseObject({ study: z.string(), pmid: z.string().nullable() })),
  explanation: z.array(z.object({ factor: z.string(), effect: z.number() })),
});

export const RecommendationBody = z
  .looseObject({
    case: z.string(),
    asOf: z.string(),
    status: z.enum(['ranked', 'abstained']),
    reason: z.object({ code: z.string(), message: z.string() }).optional(),
    versions: z.object({
      corpus: z.string(),
      model: z.string(),
      features: z.string(),
      code: z.string(),
      input: z.string(),
    }),
    patient: z.looseObject({}),
    decisions: z.array(z.object({ id: z.string(), question: z.string(), outcome: z.string() })),
    options: z.array(OptionBody),
    excluded: z.array(z.looseObject({ regimen: z.string(), reasons: z.array(z.string()) })),
    missing: z.array(z.object({ item: z.string(), why: z.string(), changesFirstOption: z.boolean() })),
    notes: z.array(z.string()),
    scores: z
      .array(
        z.looseObject({
          id: z.string(),
          name: z.string(),
          value: z.union([z.string(), z.number()]).nullable(),
          workings: z.string(),
        }),
      )
      .optional(),
    reading: z
      .looseObject({
        facts: z.array(
          z.looseObject({
            fact: z.string(),
            value: z.string(),
            words: z.string(),
            document: z.string(),
            start: z.number().int(),
            end: z.number().int(),
            confidence: z.enum(['high', 'medium', 'low']),
            used: z.boolean(),
          }),
        ),
        notUnderstood: z.array(z.looseObject({ words: z.string() })),
      })
      .optional()
      .meta({
        description:
          'of an input with text: what was read in it, from which words, how sure, and what was not understood',
      }),
    protocol: z
      .object({
        id: z.string(),
        name: z.string(),
        note: z.string().optional(),
        changes: z.array(
          z.object({
            decision: z.string(),
            regimen: z.string(),
            before: z.object({ band: z.string(), place: z.number().nullable() }),
            after: z.object({ band: z.string(), place: z.number().nullable() }),
            reason: z.string(),
          }),
        ),
      })
      .optional()
      .meta({
        description: 'what the local protocol changed against the ranking without it; place within the decision',
      }),
  })
  .meta({ id: 'Recommendation', description: 'Options stand by band, then decision, preference and utility.' });

export const StoredRecommendationBody = RecommendationBody.extend({
  stored: z.object({
    scoredAt: z.string(),
    current: z
      .boolean()
      .meta({ description: 'false: a newer history has come since, or the person was merged or parted' }),
    identical: z.boolean().meta({ description: 'the answer made now has the hash of the one that was stored' }),
    madeWith: z.object({ corpus: z.string(), model: z.string(), features: z.string(), code: z.string() }),
    missing: z.array(z.string()).meta({ description: 'what it was made with that is not what answers here' }),
    answer: z
      .looseObject({ status: z.string() })
      .optional()
      .meta({ description: 'as it was stored; where not identical' }),
  }),
}).meta({ id: 'StoredRecommendation' });

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
