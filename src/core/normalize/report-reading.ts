// Conclusions of reports, clause by clause: "EGFR exon 19 deletion; ALK negative; PD-L1 TPS 60%". Only for markers of which no
// observation speaks, because an observation is the structured form of the same result.
import type { ConditionEntry, ObservationEntry, ReportEntry } from '../../domain/history.js';
import type { BiomarkerReading } from './biomarker-reading.js';
import { biomarkerReadings, placedReadings } from './biomarkers.js';
import { conceptTexts } from './reading-log.js';
import { receptorObservations } from './receptor-text.js';
import { rememberedSaid } from './said.js';
import type { Terminology } from './terminology.js';

/** What the clauses of a report say of markers; a clause with several markers counts only when it denies all of them. */
export const reportReadings = rememberedSaid(readReport, placedReadings);

function readReport(entry: ReportEntry, terms: Terminology): readonly BiomarkerReading[] {
  const receptors = receptorObservations(entry).flatMap((o) => biomarkerReadings(o, terms));
  const texts = [...(entry.text === undefined ? [] : [entry.text]), ...entry.conclusions.flatMap(conceptTexts)];
  const others = texts
    .flatMap((text) => joined(clauses(text), terms))
    .flatMap((clause) => {
      const names = markersIn(clause, terms);
      const readings = names.flatMap((name) => biomarkerReadings(asObservation(entry, name, clause), terms));
      const whole = names.length === 1 || readings.every((r) => r.result === 'negative');
      return whole ? readings.map((r) => ({ ...r, entry })) : [];
    });
  const named = new Set(receptors.map((r) => r.name));
  return [...receptors.map((r) => ({ ...r, entry })), ...others.filter((r) => !named.has(r.name))];
}

/** What a diagnosis says of genes and PD-L1: "EGFR-mutated (exon 19 del) adenocarcinoma". Expression of EGFR (SNOMED 426964009) is no mutation. */
export const diagnosisReadings = rememberedSaid(readDiagnosis, placedReadings);

function readDiagnosis(entry: ConditionEntry, terms: Terminology): readonly BiomarkerReading[] {
  const text = conceptTexts(entry.code)
    .filter((t) => !/expression|экспресси/i.test(t))
    .join('; ');
  if (text === '') return [];
  const code = { codings: [], text: 'Diagnosis' };
  const report = { kind: 'report', code, conclusions: [], text, source: entry.source } as const;
  return reportReadings(report, terms).filter((r) => !['ER', 'PR', 'HER2'].includes(r.name));
}

const markersIn = (clause: string, terms: Terminology): readonly string[] => [
  ...new Set(terms.inText('biomarker', clause).map((hit) => hit.term.name)),
];

/** "ALK, ROS1, RET: negative": a clause that is nothing but a name belongs to the next one. */
function joined(parts: readonly string[], terms: Terminology): readonly string[] {
  const whole: string[] = [];
  let waiting: readonly string[] = [];
  for (const part of parts) {
    const bare = terms.find('biomarker', { codings: [], text: part })?.whole === true;
    if (bare) waiting = [...waiting, part];
    else {
      whole.push([...waiting, part].join(' '));
      waiting = [];
    }
  }
  return whole;
}

/** Sentences and list items; a decimal point, "c." and "p." do not end one. */
const clauses = (text: string): readonly string[] =>
  text
    .split(/[;\n]|,(?!\d)|(?<![cpg\d])\.(?=\s|$)/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const asObservation = (entry: ReportEntry, name: string, clause: string): ObservationEntry => ({
  kind: 'observation',
  code: { codings: [], text: name },
  value: { kind: 'text', text: clause },
  interpretations: [],
  components: [],
  source: entry.source,
  ...(entry.status === undefined ? {} : { status: entry.status }),
  ...(entry.date === undefined ? {} : { date: entry.date }),
});
