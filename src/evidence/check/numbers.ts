// Are the published numbers possible, and do they agree with each other?
import type { Corpus } from '../../domain/corpus/corpus.js';
import type { Study, StudyResult } from '../../domain/corpus/study.js';
import { error, type Finding, warning } from './finding.js';

/** Outcomes for which "increased" is good; a ratio above 1 then favours the experimental arm. */
const RESPONSE = new Set(['pCR', 'ORR']);

export function checkNumbers(corpus: Corpus): Finding[] {
  return corpus.cancers.flatMap((folder) => folder.studies.flatMap(checkStudy));
}

function checkStudy(study: Study): Finding[] {
  const record = `study ${study.id}`;
  return [...study.results.flatMap((result) => checkResult(result, record)), ...repeated(study, record)];
}

function checkResult(result: StudyResult, record: string): Finding[] {
  const findings: Finding[] = [];
  const what = `${result.outcome}, ${result.population}`;
  const { effect } = result;
  if (effect) {
    const { value, low, high } = effect;
    if ((low !== undefined && value < low) || (high !== undefined && value > high))
      findings.push(error(record, `${what}: the effect ${value} is outside its interval`));
    if (effect.measure === 'HR' && low !== undefined && high !== undefined && low > 0) {
      const skew = Math.abs(Math.log(value) - (Math.log(low) + Math.log(high)) / 2) / (Math.log(high) - Math.log(low));
      if (skew > 0.1)
        findings.push(
          warning(
            record,
            `${what}: HR ${value} is not in the middle of ${low}-${high} on the log scale; a typing slip?`,
          ),
        );
    }
    if (result.arms.length !== 2) findings.push(error(record, `${what}: an effect needs two arms`));
    findings.push(...direction(result, record, what));
  }
  for (const [arm, count] of Object.entries(result.events ?? {})) {
    const n = result.n?.[arm];
    if (n !== undefined && count > n)
      findings.push(error(record, `${what}: ${count} events among ${n} patients in ${arm}`));
  }
  return findings;
}

/** A hazard ratio below 1 goes with the longer median; true trials break it, with a note. */
function direction(result: StudyResult, record: string, what: string): Finding[] {
  const [experimental = '', comparator = ''] = result.arms;
  const a = result.medians?.[experimental]?.months;
  const b = result.medians?.[comparator]?.months;
  if (result.effect?.measure !== 'HR' || RESPONSE.has(result.outcome) || !a || !b || result.nonProportional) return [];
  const against = (result.effect.value < 1 && a < b) || (result.effect.value > 1 && a > b);
  return against ? [warning(record, `${what}: HR ${result.effect.value} but medians ${a} against ${b} months`)] : [];
}

/** Two current figures for the same outcome, population and arms: one must be superseded. */
function repeated(study: Study, record: string): Finding[] {
  const seen = new Set<string>();
  return study.results
    .filter((r) => r.state === 'current')
    .flatMap((r) => {
      const key = `${r.outcome}, ${r.population}, ${[...r.arms].sort().join(' and ')}`;
      if (seen.has(key)) return [error(record, `${key}: two current results; mark the older superseded`)];
      seen.add(key);
      return [];
    });
}
