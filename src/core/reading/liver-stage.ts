// The stage of liver cancer that a note tells without naming it: "advanced", or systemic treatment.
import { advancedLiver } from './advanced.js';
import type { CancerSaid } from './diagnosis.js';
import type { Diagnosed } from './diagnosis-settled.js';
import type { Sentence } from './sentence.js';
import type { Story } from './story.js';

const BCLC = /bclc|barcelona|milan|милан|transplant list|adjuvant|адъювант/u;
const isLiver = (cancers: readonly CancerSaid[]): boolean => cancers.some((c) => c.oncotree === 'HCC');

/** The stage that "advanced" says in the liver, where no other is told. */
export function liverStage(
  sentences: readonly Sentence[],
  cancers: readonly CancerSaid[],
  staged: boolean,
  { events }: Story,
): Diagnosed['facts'] {
  const said = staged || sentences.some((s) => BCLC.test(s.plain)) ? undefined : advancedLiver(sentences, cancers);
  const drugs = events.find((e) => e.kind === 'treatment' && e.treatment.kind === 'drugs' && e.said.given === 'given');
  if (
    said === undefined &&
    drugs !== undefined &&
    !staged &&
    isLiver(cancers) &&
    !sentences.some((s) => BCLC.test(s.plain))
  )
    return [
      { name: 'BCLC', value: 'C', inferred: 'systemic treatment of liver cancer is given for BCLC C', ...drugs.span },
    ];
  return said === undefined
    ? []
    : [{ name: 'BCLC', value: 'C', inferred: 'advanced hepatocellular carcinoma is taken as BCLC C', ...said }];
}
