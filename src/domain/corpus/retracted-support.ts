// Indications whose own evidence is gone: every study they cite that has their regimen in an arm (every study, where no arm names a
// regimen of ours) is retracted. What other studies say of other regimens does not carry them.
import type { CancerFolder } from './corpus.js';
import type { Indication } from './indication.js';
import type { Study } from './study.js';

/** Indication id -> names of the retracted studies. Empty as long as no study is retracted. */
export function retractedSupport(
  folders: readonly Pick<CancerFolder, 'indications' | 'studies'>[],
): ReadonlyMap<string, readonly string[]> {
  const studies = new Map(folders.flatMap((f) => f.studies.map((s) => [s.id, s] as const)));
  if (![...studies.values()].some((s) => s.retracted !== undefined)) return new Map();
  return new Map(
    folders
      .flatMap((f) => f.indications)
      .flatMap((indication) => {
        const behind = studiesBehind(indication, studies);
        const gone = behind.length > 0 && behind.every((s) => s.retracted !== undefined);
        return gone ? [[indication.id, behind.map((s) => s.name)] as const] : [];
      }),
  );
}

function studiesBehind({ regimen, studies: cited }: Indication, studies: ReadonlyMap<string, Study>): readonly Study[] {
  const all = cited.flatMap((id) => studies.get(id) ?? []);
  const own = all.filter((s) => s.arms.some((arm) => arm.regimen === regimen));
  return own.length > 0 ? own : all;
}
