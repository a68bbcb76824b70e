// Local protocols (what a country or hospital restricts or prefers) and the screening items due before a first dose.
import { z } from 'zod';
import { Text } from './text.js';

/** A local protocol: restricts and prefers, with its reason; the record shows what it changed. */
export const Protocol = z
  .object({
    id: z.string(),
    name: Text,
    restrict: z
      .array(
        z
          .object({ regimen: z.string(), drug: z.string(), reason: Text })
          .partial({ regimen: true, drug: true })
          .strict(),
      )
      .default([]),
    prefer: z.array(z.object({ indication: z.string(), reason: Text }).strict()).default([]),
    note: Text.optional(),
  })
  .strict();
export type Protocol = z.infer<typeof Protocol>;

/** An item to have before the first dose; `fact` names the fact whose presence settles it. */
export const ScreeningItem = z.object({ id: z.string(), name: Text, fact: z.string().optional() }).strict();
export type ScreeningItem = z.infer<typeof ScreeningItem>;
