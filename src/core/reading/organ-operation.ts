// "Resected" and "TKI" name no operation and no drug; the organ does, where the corpus has one name for it.
import { PARTNER } from './chemoradiation.js';
import type { StoryEvent, TreatmentEvent } from './story.js';
import { GENERIC_SURGERY } from './story-merge.js';
import { CHEMOIMMUNOTHERAPY, TKI } from './treatment-words.js';

/** Words of vocabulary/procedures that an operation without a name stands for, by organ. */
const OPERATION: Readonly<Record<string, string>> = { BRAIN: 'craniotomy' };
/** Organs whose kinase inhibitors are of VEGFR (corpus/drugs/not-named.yaml). */
const VEGFR = /^(?:KIDNEY|LIVER|THYROID)$/;

export const withOrganOperation = (events: readonly StoryEvent[], organ: string): readonly StoryEvent[] =>
  events.map((e) => (e.kind === 'treatment' ? named(e, organ) : e));

function named(event: TreatmentEvent, organ: string): TreatmentEvent {
  const { treatment } = event;
  const operation = OPERATION[organ];
  if (treatment.words === GENERIC_SURGERY && operation !== undefined)
    return { ...event, treatment: { ...treatment, words: operation } };
  // Bevacizumab of a first line of the ovary goes with platinum (GOG-0218, ICON7): "первой линии с бевацизумабом".
  if (
    organ === 'OVARY' &&
    treatment.words === 'bevacizumab' &&
    event.said.line === 1 &&
    event.said.intent === undefined
  )
    return {
      ...event,
      treatment: { ...treatment, drugs: [PARTNER, 'bevacizumab'], words: `${PARTNER} + bevacizumab` },
    };
  // "TC" is docetaxel with cyclophosphamide in the breast, paclitaxel with carboplatin in cancers of women's other organs.
  if (GYNAECOLOGICAL.test(organ) && [...treatment.drugs].sort().join(' + ') === 'cyclophosphamide + docetaxel')
    return {
      ...event,
      treatment: { ...treatment, drugs: ['carboplatin', 'paclitaxel'], words: 'carboplatin + paclitaxel' },
    };
  if (treatment.words === CHEMOIMMUNOTHERAPY) return { ...event, treatment: { ...treatment, ...antibodyOf(organ) } };
  if (treatment.words !== TKI) return event;
  const drug = 'vegfr tki not named';
  return VEGFR.test(organ)
    ? { ...event, treatment: { ...treatment, kind: 'drugs', drugs: [drug], words: drug } }
    : { ...event, treatment: { ...treatment, words: 'targeted therapy' } };
}

/** Of a carcinoma it is a checkpoint inhibitor, with platinum but in the breast; of a lymphoma an antibody that is not told. */
function antibodyOf(organ: string): Partial<TreatmentEvent['treatment']> {
  if (!CARCINOMA.test(organ)) return { words: 'chemotherapy' };
  const drugs = [...(organ === 'BREAST' ? [] : [PARTNER]), 'checkpoint inhibitor not named'];
  return { kind: 'drugs', drugs, words: drugs.join(' + ') };
}
const GYNAECOLOGICAL = /^(?:OVARY|UTERUS|CERVIX|PERITONEUM)$/;
const CARCINOMA = /^(?:LUNG|PLEURA|BREAST|BLADDER|STOMACH|HEAD_NECK|BILIARY_TRACT|CERVIX|UTERUS|PENIS|BOWEL|THYMUS)$/;

/** Is the site of a metastasis a part of the organ itself? */
export const isOrganOf = (site: string, organ: string): boolean =>
  (site === 'lung' && /LUNG/.test(organ)) ||
  (site === 'liver' && /LIVER|BILIARY/.test(organ)) ||
  (site === 'brain' && /BRAIN/.test(organ)) ||
  (site === 'bone' && /BONE/.test(organ)) ||
  (site === 'skin' && /SKIN/.test(organ)) ||
  (site === 'adrenal' && /ADRENAL/.test(organ)) ||
  (site === 'peritoneum' && /PERITON/.test(organ)) ||
  (site === 'pleura' && /PLEURA/.test(organ));
