// An indication joins a regimen to the patients it is for, says how strongly, on whose authority and on which studies.
import { z } from 'zod';
import { Criterion } from './criterion.js';
import { Citation, IsoDate, Text, Verification } from './text.js';

export const Strength = z.enum(['strong-for', 'weak-for', 'weak-against', 'strong-against']);
export type Strength = z.infer<typeof Strength>;
export const Preference = z.enum(['preferred', 'acceptable', 'historical']);
export type Preference = z.infer<typeof Preference>;

export const Indication = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    regimen: z.string(),
    /** Decision point id (decisions.yaml of the cancer). */
    decision: z.string(),
    criteria: Criterion,
    strength: Strength,
    preference: Preference.default('acceptable'),
    /** Order inside one preference where the numbers do not compare; lower first. */
    order: z.number().int().default(100),
    /** One line for the doctor: why this, or why not. */
    rationale: Text,
    /** Outcome network that scores it (networks.yaml) and the node it is, when the node is not the regimen's own id. */
    network: z.string().optional(),
    node: z.string().optional(),
    validFrom: IsoDate.optional(),
    validTo: IsoDate.optional(),
    reviewBy: IsoDate,
    says: z.array(Citation).default([]),
    studies: z.array(z.string()).default([]),
    /** Items to have before the first dose that do not choose the drug; the drugs' own screening is added by itself. */
    beforeFirstDose: z.array(z.string()).default([]),
    verified: Verification,
  })
  .strict()
  .refine((i) => i.says.length + i.studies.length > 0, 'an indication cites at least one study, label or guideline');
export type Indication = z.infer<typeof Indication>;

/** A decision point: one question with mutually exclusive options. */
export const Decision = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    question: Text,
    outcome: z.string(),
    /** Place in time among the decisions of one setting: the next step first. */
    order: z.number().int(),
    /** Settings in which the question is open. */
    settings: z.array(z.string()).min(1),
    /** Further condition for the question to be asked at all (for example "no axillary surgery yet"). */
    when: Criterion.optional(),
    /** In a tumour-agnostic folder: its options stand beside those of a cancer's own folder that poses the same question. */
    joins: z.boolean().optional(),
  })
  .strict();
export type Decision = z.infer<typeof Decision>;

/** A decision setting: cancer x clinical state. Settings are tried in order; the first that is met is the patient's. */
export const Setting = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    name: Text,
    criteria: Criterion,
  })
  .strict();
export type Setting = z.infer<typeof Setting>;

/** One covered cancer: `cancer.yaml` of its folder. */
export const CancerProfile = z
  .object({
    id: z.string(),
    name: Text,
    /** OncoTree codes that the folder covers, with their descendants; `except` are descendants that it does not. */
    oncotree: z.array(z.string()).min(1),
    except: z.array(z.string()).default([]),
    /** Broader codes that this folder answers provisionally, the histology asked ("oesophageal cancer", "head and neck cancer"). */
    unspecified: z.array(z.string()).optional(),
    settings: z.array(Setting).min(1),
    decisions: z.array(Decision).min(1),
    /** Facts that decide in this cancer and how old they may be, months. */
    staleAfterMonths: z.record(z.string(), z.number().positive()).default({}),
    notes: z.array(Text).default([]),
  })
  .strict();
export type CancerProfile = z.infer<typeof CancerProfile>;
