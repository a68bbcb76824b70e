// Allergy: to the drug itself (any of its names), to its class, or to a substance that it contains.
// Parameters: `to` drugs, classes, properties or free substance names; left out: the drug itself or a class that it is in.
// `severity` severe: only a reaction recorded as severe.
import type { Drug } from '../../domain/corpus/drug.js';
import type { CorpusIndex } from '../corpus-index.js';
import { type Check, NOT_MET, words } from './check.js';
import { drugIs } from './regimen-drugs.js';

export const allergy: Check = ({ rule, context, subjects }) => {
  if (context.patient.allergies.length === 0) return NOT_MET;
  const to = words(rule, 'to').map((w) => w.toLowerCase());
  const severeOnly = words(rule, 'severity').includes('severe');
  const found = context.patient.allergies
    .filter((a) => a.severe || !severeOnly)
    .filter((a) =>
      to.length > 0
        ? isOneOf(a.substance, to, context.index)
        : subjects.some((drug) => isDrugOrItsClass(a.substance, drug, context.index)),
    );
  if (found.length === 0) return NOT_MET;
  return { state: 'met', because: found.map((a) => `allergy: ${a.substance}${a.severe ? ' (severe)' : ''}`) };
};

function isDrugOrItsClass(substance: string, inn: string, index: CorpusIndex): boolean {
  const given = substance.trim().toLowerCase();
  const drug = index.drug(inn);
  return namesOf(inn, drug).includes(given) || [...index.classesOf(inn)].some((c) => c.toLowerCase() === given);
}

/** A substance of the list, a drug of a class or property of the list, or the class itself. */
function isOneOf(substance: string, asked: readonly string[], index: CorpusIndex): boolean {
  const given = substance.trim().toLowerCase();
  if (asked.some((a) => a === given)) return true;
  const exact = index.corpus.classes.flatMap((c) => (asked.includes(c.id.toLowerCase()) ? [c.id] : []));
  return exact.length > 0 && drugIs(given, exact, index);
}

const namesOf = (inn: string, drug: Drug | undefined): readonly string[] =>
  [inn, ...(drug?.synonyms ?? []), ...(drug?.brands ?? []), drug?.name?.ru ?? inn].map((n) => n.toLowerCase());
