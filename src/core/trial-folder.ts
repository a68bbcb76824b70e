// The open trials of the corpus as one more tumour-agnostic folder: its one question, "an open clinical trial?", is asked of everybody
// for whom a trial is open, and its options are marked as trials.
import type { CancerFolder } from '../domain/corpus/corpus.js';
import type { Indication } from '../domain/corpus/indication.js';
import type { Regimen } from '../domain/corpus/regimen.js';
import type { Trial } from '../domain/corpus/trial.js';

/** Id of the folder, and of its question. */
export const TRIALS = 'clinical-trial';

export const trialRegimenId = ({ nct }: Trial): string => nct.toLowerCase();

/** A registry entry older than this, in months, wants another look. */
const REVIEW_MONTHS = 6;

export function trialFolder(trials: readonly Trial[], root: string): CancerFolder {
  return {
    profile: {
      id: TRIALS,
      name: { en: 'Open clinical trials', ru: 'Открытые клинические исследования', kk: 'Ашық клиникалық зерттеулер' },
      oncotree: [root],
      except: [],
      settings: [{ id: 'any', name: { en: 'Any' }, criteria: { op: 'all', parts: [] } }],
      decisions: [
        {
          id: TRIALS,
          question: {
            en: 'An open clinical trial?',
            ru: 'Открытое клиническое исследование?',
            kk: 'Ашық клиникалық зерттеу?',
          },
          outcome: 'OS',
          order: 95,
          settings: ['any'],
        },
      ],
      staleAfterMonths: {},
      notes: [],
    },
    studies: [],
    networks: [],
    regimens: trials.map(regimenOf),
    indications: trials.map(indicationOf),
  };
}

const regimenOf = (trial: Trial): Regimen => ({
  id: trialRegimenId(trial),
  name: { en: `Clinical trial ${trial.nct}: ${trial.title}` },
  synonyms: [],
  modalities: ['systemic'],
  components: trial.drugs.map((drug) => ({ drug })),
  procedures: [],
});

function indicationOf(trial: Trial): Indication {
  const where = trial.countries.length > 0 ? `; sites in ${trial.countries.join(', ')}` : '';
  const open = trial.unread.length > 0 ? ` ${trial.unread.length} of its conditions are to be checked by hand.` : '';
  return {
    id: `trial-${trialRegimenId(trial)}`,
    regimen: trialRegimenId(trial),
    decision: TRIALS,
    criteria: trial.criteria,
    strength: 'weak-for',
    preference: 'acceptable',
    order: 100,
    rationale: {
      en: `An experiment, not a standard: ${trial.phase.toLowerCase()}, ${trial.status.toLowerCase().replaceAll('_', ' ')}${where}.${open}`,
    },
    reviewBy: monthsLater(trial.updated ?? trial.importedOn),
    says: [
      { body: 'ClinicalTrials.gov', title: trial.nct, ...(trial.updated !== undefined && { edition: trial.updated }) },
    ],
    studies: [],
    beforeFirstDose: [],
    verified: { how: 'imported from the registry', where: `ClinicalTrials.gov ${trial.nct}`, on: trial.importedOn },
  };
}

function monthsLater(date: string): string {
  const [year = 0, month = 1] = date.split('-').map(Number);
  const months = year * 12 + month - 1 + REVIEW_MONTHS;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-${date.slice(8)}`;
}
