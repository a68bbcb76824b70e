// The picture of `shipa survival --plot`: Kaplan-Meier curves by arm with log-log limits, or cumulative incidence when events compete.
import { type PlottedCurve, survivalPlot } from '../report/svg/survival-plot.js';
import { cumulativeIncidence, incidenceAt } from '../stats/competing-risks.js';
import { kaplanMeier, limits } from '../stats/kaplan-meier.js';
import { causeOf, type SurvivalAnalysis } from '../stats/survival-summary.js';
import type { Subject } from '../stats/survival-table.js';

export function survivalPicture({ summary, byArm }: SurvivalAnalysis, time: string, title: string): string {
  const competing = summary.competing !== null;
  const curves = byArm.flatMap(({ arm, subjects }) =>
    competing ? incidenceCurves(arm, subjects) : [survivalCurve(arm, subjects)],
  );
  const hr = summary.cox.length === 1 ? summary.cox[0] : undefined;
  const notes = [
    ...(summary.logrank === null ? [] : [`log-rank p ${pValue(summary.logrank.p)}`]),
    ...(hr === undefined || hr.hr === null ? [] : [`hazard ratio ${ratio(hr.hr, hr.low ?? NaN, hr.high ?? NaN)}`]),
  ];
  return survivalPlot(curves, {
    title,
    timeAxis: time,
    valueAxis: competing ? 'cumulative incidence' : 'survival',
    start: competing ? 0 : 1,
    notes,
  });
}

const pValue = (p: number): string => (p < 0.0001 ? '< 0.0001' : `= ${p.toFixed(4)}`);
const ratio = (v: number, low: number, high: number): string =>
  `${v.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;

const atRisk =
  (subjects: readonly Subject[]) =>
  (time: number): number =>
    subjects.filter((s) => s.time >= time).length;

function survivalCurve(name: string, subjects: readonly Subject[]): PlottedCurve {
  const censored = new Set(subjects.filter((s) => !s.event).map((s) => s.time));
  const steps = kaplanMeier(subjects).map((s) => {
    const { low, high } = limits(s, 'log-log');
    return { time: s.time, value: s.survival, low, high, censored: censored.has(s.time) };
  });
  return { name, steps, atRisk: atRisk(subjects) };
}

function incidenceCurves(arm: string, subjects: readonly Subject[]): PlottedCurve[] {
  const data = subjects.map((s) => ({ time: s.time, cause: causeOf(s) }));
  const causes = ['event', ...new Set(subjects.flatMap((s) => s.competing ?? []))];
  return causes.map((cause) => {
    const steps = cumulativeIncidence(data, cause).map((s) => {
      const { low, high } = incidenceAt([s], s.time);
      return { time: s.time, value: s.incidence, low, high, censored: false };
    });
    const last = steps.at(-1);
    const end = subjects.reduce((m, s) => Math.max(m, s.time), 0);
    // The curve goes on flat to the last subject.
    if (last !== undefined && end > last.time) steps.push({ ...last, time: end });
    return { name: `${arm}, ${cause}`, steps, atRisk: atRisk(subjects) };
  });
}
