// The recommendation record as the contract (../shared/contract.md) promises it to the outside. Further fields may stand beside these.
import { z } from 'zod';

const number = z.number().nullable(); // JSON has no NaN: zod refuses it too.
const text = z.string().min(1);

const option = z
  .looseObject({
    decision: text,
    rank: z.number().int().positive().nullable(),
    band: z.enum(['recommended', 'consider', 'not-recommended']),
    provisional: z.boolean(),
    preference: z.enum(['preferred', 'acceptable', 'historical']),
    beforeFirstDose: z.array(text),
    regimen: z.looseObject({
      id: text,
      name: text,
      drugs: z.array(z.string().regex(/^[a-z0-9][a-z0-9 .()+-]*$/)),
      modalities: z
        .array(
          z.enum([
            'systemic',
            'surgery',
            'radiotherapy',
            'chemoradiotherapy',
            'observation',
            'active-surveillance',
            'supportive-care',
            'transplant',
            'procedure',
          ]),
        )
        .min(1),
    }),
    utility: number,
    benefit: z
      .looseObject({
        outcome: text,
        comparator: text,
        horizonMonths: z.number().positive(),
        gainMonths: number,
        low: number,
        high: number,
        probabilityBest: z.number().min(0).max(1).nullable(),
      })
      .nullable(),
    harm: z.looseObject({ grade3Plus: z.number().min(0).max(1).nullable() }),
    certainty: z.enum(['high', 'moderate', 'low', 'very low']).nullable(),
    strength: z.enum(['strong-for', 'weak-for', 'weak-against', 'strong-against']),
    criteria: z.array(z.looseObject({ text, state: z.enum(['met', 'not-met', 'unknown']), fact: text.optional() })),
    safety: z.array(
      z.looseObject({
        verdict: z.enum(['clear', 'caution', 'contraindicated', 'needs-data']),
        rule: text,
        message: text,
        sources: z.array(text),
      }),
    ),
    evidence: z.array(
      z.looseObject({
        study: text,
        pmid: z
          .string()
          .regex(/^\d{1,9}$/)
          .nullable(),
        outcome: text.nullable(),
        effect: text.nullable(),
        certainty: z.enum(['high', 'moderate', 'low', 'very low']).nullable(),
      }),
    ),
    explanation: z.array(z.looseObject({ factor: text, effect: z.number() })),
  })
  .refine((o) => (o.rank === null) === (o.band === 'not-recommended'), 'rank is null in not-recommended and only there')
  .refine((o) => !(o.provisional && o.band === 'recommended'), 'provisional is never recommended')
  .refine(
    (o) => o.band === 'not-recommended' || o.safety.every((s) => s.verdict !== 'contraindicated'),
    'nothing contraindicated stands above not-recommended',
  )
  .refine(
    (o) => o.utility === null || Math.abs(sum(o.explanation) - o.utility) < 1e-9,
    'the parts add up to the utility',
  );

const sum = (parts: readonly { readonly effect: number }[]): number => parts.reduce((total, p) => total + p.effect, 0);

const base = {
  case: text,
  asOf: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  versions: z.looseObject({ corpus: text, model: z.string().regex(/.@./), features: text, code: text, input: text }),
  patient: z.looseObject({
    cancer: z.looseObject({ oncotree: text, name: text }).nullable(),
    stage: text.nullable(),
    setting: text.nullable(),
    line: number,
    age: number,
    sex: z.enum(['female', 'male']).nullable(),
    ecog: number,
    biomarkers: z.array(z.looseObject({ name: text, alteration: text.optional(), result: text })),
  }),
  decisions: z.array(z.looseObject({ id: text, question: text, outcome: text })),
  options: z.array(option),
  excluded: z.array(z.looseObject({ regimen: text, reasons: z.array(text).min(1) })),
  missing: z.array(z.looseObject({ item: text, why: text, changesFirstOption: z.boolean() })),
  notes: z.array(text),
};

const faults = z.array(z.looseObject({ place: text, message: text })).min(1);

export const CaseRecord = z.discriminatedUnion('status', [
  z.looseObject({ ...base, status: z.literal('ranked') }),
  z.looseObject({ ...base, status: z.literal('abstained'), reason: z.looseObject({ code: text, message: text }) }),
  z.looseObject({ case: text, status: z.literal('error'), faults }),
]);
export type CaseRecord = z.infer<typeof CaseRecord>;

const BANDS = ['recommended', 'consider', 'not-recommended'];
const PREFERENCES = ['preferred', 'acceptable', 'historical'];

/** What the shape alone does not say: ranks count, options stand in order, every decision is named. Empty when all is well. */
export function breaches(record: CaseRecord): string[] {
  if (record.status === 'error') return [];
  const { options, decisions, status } = record;
  const ranks = options.flatMap((o) => o.rank ?? []);
  const order = decisions.map((d) => d.id);
  const found: string[] = [];
  if (ranks.some((rank, i) => rank !== i + 1)) found.push(`ranks ${ranks}`);
  if ((status === 'ranked') !== ranks.length > 0) found.push(`${status} with ${ranks.length} ranked options`);
  for (const { decision } of options) if (!order.includes(decision)) found.push(`decision ${decision} is not listed`);
  const place = (o: (typeof options)[number]): number[] => [BANDS.indexOf(o.band), order.indexOf(o.decision)];
  found.push(...disorder(options, place));
  // Firm options stand by preference; how those that wait for a fact stand among them is decision 0005 (src/core/order.ts). What is
  // not recommended has no rank and no order of preference.
  const firm = options.filter((o) => o.rank !== null && !o.provisional);
  found.push(...disorder(firm, (o) => [...place(o), PREFERENCES.indexOf(o.preference)]));
  return found;
}

function disorder<T extends { readonly regimen: { readonly id: string } }>(
  row: readonly T[],
  key: (one: T) => readonly number[],
): string[] {
  return row.flatMap((one, i) => {
    const next = row[i + 1];
    return next !== undefined && compare(key(one), key(next)) > 0
      ? [`${one.regimen.id} stands before ${next.regimen.id}`]
      : [];
  });
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
