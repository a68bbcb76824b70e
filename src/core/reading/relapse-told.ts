// A relapse that is told without the treatment before it: "relapsed neuroblastoma, 7 years". Where the first treatment of the disease always
// holds drugs (list relapse-after-drugs of notes.yaml), some were given, and which is not known.
import { cancerTree } from '../normalize/cancer-tree.js';
import type { Terminology } from '../normalize/terminology.js';
import type { Diagnosed } from './diagnosis-settled.js';
import type { Lexicon } from './lexicon.js';
import type { Story, TreatmentEvent } from './story.js';
import { GENERIC_SURGERY } from './story-merge.js';

/**
 * "On adjuvant letrozole, now liver metastases": adjuvant is what follows the operation on the tumour, so one was done. Not where radiotherapy
 * may have been the local treatment, nor in the brain, where adjuvant is said after a biopsy too.
 */
export function withOperationBeforeAdjuvant(story: Story, { systemic, organ }: Diagnosed): Story {
  const at = story.events.findIndex(
    (e) => e.kind === 'treatment' && e.treatment.kind === 'drugs' && e.said.intent === 'adjuvant',
  );
  const drug = story.events[at];
  const local = story.events.some(
    (e) => e.kind === 'treatment' && (e.treatment.modality === 'surgery' || e.treatment.modality === 'radiotherapy'),
  );
  if (drug === undefined || local || systemic || organ === 'BRAIN') return story;
  const operation: TreatmentEvent = {
    kind: 'treatment',
    treatment: {
      kind: 'procedure',
      drugs: [],
      words: GENERIC_SURGERY,
      modality: 'surgery',
      definitive: true,
      ...drug.span,
    },
    said: { given: 'given', ended: 'completed', earlier: true },
    span: drug.span,
  };
  return { ...story, events: [...story.events.slice(0, at), operation, ...story.events.slice(at)] };
}

/** The story with an untold treatment before the relapse; the same story where treatment is told, or that there was none. */
export function withTreatmentBeforeRelapse(
  story: Story,
  { cancers }: Diagnosed,
  lexicon: Lexicon,
  terms: Terminology,
): Story {
  const at = story.events.findIndex((e) => e.kind === 'status' && e.recurrence);
  const relapse = story.events[at];
  if (relapse === undefined || story.untreated || story.linesBefore !== undefined || story.lineAsked !== undefined)
    return story;
  if (story.events.some((e) => e.kind === 'treatment' && e.treatment.kind !== 'procedure')) return story;
  const tree = cancerTree(terms.vocabulary);
  const listed = lexicon.corpus.vocabulary.facts.find((f) => f.id === 'relapse-after-drugs')?.words ?? {};
  const diseases = Object.values(listed).flatMap((w) => w.phrases.map((p) => p.toUpperCase()));
  if (!cancers.some((c) => c.oncotree !== '' && diseases.some((d) => tree.isA(c.oncotree, d)))) return story;
  const before: TreatmentEvent = {
    kind: 'treatment',
    treatment: {
      kind: 'untold',
      drugs: [],
      words: 'systemic therapy',
      modality: 'systemic',
      definitive: false,
      ...relapse.span,
    },
    said: { given: 'given', ended: 'completed', earlier: true },
    span: relapse.span,
  };
  return { ...story, events: [...story.events.slice(0, at), before, ...story.events.slice(at)] };
}
