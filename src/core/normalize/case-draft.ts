// One cancer of a patient as read from its conditions and stagings, before treatments, biomarkers and values are attached.
import type { CancerCase, Tnm } from '../../domain/patient.js';

/** How much the recorded stage, TNM and metastases agree is said in `remarks`; the rest of a CancerCase is added later. */
export interface CaseDraft extends Omit<CancerCase, 'courses' | 'biomarkers' | 'values'> {
  /**
   * Ids of the entries that are this case (its conditions and metastases) or say that they are about it (focus, reason,
   * stage assessment). An entry that is in no case's list is placed by `casesOfEntry` (case-assignment.ts).
   */
  readonly entryIds: readonly string[];
  /** True when the tumour is in situ by code, morphology or stage 0 (DCIS, LCIS). */
  readonly inSitu: boolean;
  /** After neoadjuvant treatment (ypT, ypN); never the stage. ypT0/Tis ypN0 is a pathologic complete response. */
  readonly postNeoadjuvantTnm: Tnm;
  /** Disagreements between sources about this case, in words, with what was chosen. */
  readonly remarks: readonly string[];
}
