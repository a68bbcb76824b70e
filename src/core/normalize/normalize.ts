// A history as recorded -> one Patient: every fact Known or Unknown, the cancers kept apart. Pure and deterministic;
// the order of entries, their ids and their units change nothing.
import type { History } from '../../domain/history.js';
import type { PartialDate } from '../../domain/partial-date.js';
import type { Patient } from '../../domain/patient.js';
import type { Terminology } from './terminology.js';

export type Normalize = (history: History, terms: Terminology, asOf: PartialDate) => Patient;
