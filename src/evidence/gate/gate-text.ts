// gate.json as a page: the checks, then the table of first options that would change.
import type { ExplainedChange } from './change-causes.js';
import type { GateReport } from './gate-report.js';

const MOST_ROWS = 200;

export function gateText(report: GateReport): string {
  const { model, against, checks, changes, recommendations, passed } = report;
  const models = changes.filter((c) => c.needsReason);
  return `${[
    `${model} against ${against ?? 'nothing'}: ${passed ? 'GREEN' : 'RED'}`,
    ...checks.map((c) => `${c.passed ? 'pass' : 'FAIL'}  ${c.name.padEnd(16)}${c.detail}`),
    ...(models.length === 0
      ? []
      : [
          '',
          'Effects that were lost or turned',
          ...models.map((c) => `  ${c.where}: ${c.what}. ${c.reason ?? 'NO REASON RECORDED'}`),
        ]),
    ...(recommendations.length === 0
      ? []
      : [
          '',
          'First options that would change: patients, cancer, setting, decision, from -> to, because of',
          ...recommendations.slice(0, MOST_ROWS).flatMap(row),
        ]),
    ...(recommendations.length > MOST_ROWS ? [`  and ${recommendations.length - MOST_ROWS} more in gate.json`] : []),
  ].join('\n')}\n`;
}

function row(change: ExplainedChange): readonly string[] {
  const { patients, cancer, setting, decision, before, after, kind, causes, reason } = change;
  return [
    `${String(patients).padStart(6)}  ${cancer.padEnd(8)} ${setting}, ${decision}: ${before} -> ${after}${kind === 'lost' ? ' (LOST)' : ''}`,
    ...causes.slice(0, 3).map((c) => `        because of ${short(c.words)}`),
    ...(causes.length > 3 ? [`        and ${causes.length - 3} more records`] : []),
    `        ${reason === null ? 'NO REASON RECORDED' : `reason: ${reason}`}`,
  ];
}

const short = (words: string): string => (words.length > 220 ? `${words.slice(0, 217)}...` : words);
