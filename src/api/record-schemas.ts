// Shape of a recommendation in answers of the service, for openapi.json; what a record holds is told in src/domain/recommendation.ts.
import { z } from 'zod';

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
