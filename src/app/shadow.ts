// A candidate model beside the released one on live cases: the doctor gets the released answer, the difference is stored, nobody waits.
import type { History } from '../domain/history.js';
import { recordChanges } from '../evidence/gate/record-changes.js';
import type { OversightStore, ShadowCase } from './oversight-ports.js';
import type { Recommender, RecommendOptions } from './recommend.js';

export interface Shadow {
  /** "shipa-outcomes@0.2.0" */
  readonly model: string;
  readonly recommender: Recommender;
  readonly store: Pick<OversightStore, 'addShadowCases'>;
  /** Told what failed: the shadow never spoils an answer. */
  readonly onError: (error: Error) => void;
  /** A worker waits, so that cases do not pile up; a server does not, so that the doctor need not. */
  readonly wait: boolean;
}

/** The same recommender, with every case answered a second time by the shadow. */
export function withShadow(released: Recommender, shadow: Shadow): Recommender {
  const recommendMany: Recommender['recommendMany'] = async (histories, options) => {
    const records = await released.recommendMany(histories, options);
    const seen = compareWithShadow(shadow, histories, options ?? {}, records).catch((cause: unknown) =>
      shadow.onError(cause instanceof Error ? cause : new Error(String(cause))),
    );
    if (shadow.wait) await seen;
    return records;
  };
  return {
    recommendMany,
    // The shadow compares whole records; each of them is a brief one too.
    recommendBriefly: recommendMany,
    recommend: async (history, options) => {
      const [record] = await recommendMany([history], options);
      if (record === undefined) throw new Error('one history gives one record');
      return record;
    },
    explain: (...asked) => released.explain(...asked),
    normalize: (...asked) => released.normalize(...asked),
    readNote: (...asked) => released.readNote(...asked),
  };
}

async function compareWithShadow(
  shadow: Shadow,
  histories: readonly History[],
  options: RecommendOptions,
  records: Awaited<ReturnType<Recommender['recommendMany']>>,
): Promise<void> {
  const others = await shadow.recommender.recommendMany(histories, { ...options, tryMissing: false });
  const cases = records.flatMap((record, i): ShadowCase[] => {
    const other = others[i];
    // Once the shadow is itself released there is nothing to compare.
    if (other === undefined || record.versions.model === shadow.model) return [];
    return [
      {
        shadow: shadow.model,
        released: record.versions.model,
        input: record.versions.input,
        asOf: record.asOf,
        cancer: record.patient.cancer?.oncotree ?? null,
        setting: record.patient.setting,
        changes: recordChanges(record, other).map(({ kind, decision, before, after }) => ({
          kind,
          decision,
          before,
          after,
        })),
      },
    ];
  });
  await shadow.store.addShadowCases(cases);
}
