// The pictures of `shipa synthesize --plot DIR`: forest, network, league, funnel and (with two designs or more) net heat, as SVG.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContrastRow, ContrastSynthesis } from '../evidence/synthesize/synthesize-contrasts.js';
import { type ForestRow, forestPlot } from '../report/svg/forest-plot.js';
import { funnelPlot } from '../report/svg/funnel-plot.js';
import { leagueTable } from '../report/svg/league-table.js';
import { netHeatPlot } from '../report/svg/net-heat-plot.js';
import { networkPlot } from '../report/svg/network-plot.js';
import { Z95 } from '../stats/distributions.js';

export type Measure = 'HR' | 'OR' | 'RR' | 'MD' | 'TE';

export interface PlotInput {
  readonly result: ContrastSynthesis;
  readonly rows: readonly ContrastRow[];
  readonly measure: Measure;
  readonly smallValues: 'desirable' | 'undesirable';
}

/** Names of the files written. */
export function writePlots(folder: string, input: PlotInput): string[] {
  mkdirSync(folder, { recursive: true });
  const { result, rows } = input;
  const pictures: Record<string, string> = {
    'forest.svg': result.pairwise === null ? networkForest(input) : pairwiseForest(input),
    'network.svg': networkPlot(result.league.treatments, edges(rows), 'Direct comparisons', result.reference),
    'league.svg': leaguePicture(input),
    'funnel.svg': funnelPicture(input),
    ...(result.netHeat === null
      ? {}
      : { 'net-heat.svg': netHeatPlot(result.netHeat, 'Net heat: which design is inconsistent') }),
  };
  for (const [name, picture] of Object.entries(pictures)) writeFileSync(join(folder, name), picture);
  return Object.keys(pictures);
}

const isRatio = (m: Measure): boolean => m === 'HR' || m === 'OR' || m === 'RR';
const axisOf = (m: Measure): string =>
  ({ HR: 'hazard ratio', OR: 'odds ratio', RR: 'risk ratio', MD: 'mean difference', TE: 'effect (TE)' })[m];

function networkForest({ result, measure, smallValues }: PlotInput): string {
  const treatments = [...result.random.effects]
    .filter((e) => e.treatment !== result.reference)
    .sort((a, b) => b.pScore - a.pScore);
  const rows = treatments.flatMap((e): ForestRow[] => {
    const { estimate, low, high } = e;
    const row: ForestRow = {
      name: e.treatment,
      estimate,
      low,
      high,
      kind: 'study',
      weight: 0.15,
      note: `P-score ${e.pScore.toFixed(2)}`,
    };
    const prediction = predictionRow(e.predictionLow ?? null, e.predictionHigh ?? null, estimate, result.tau2);
    return prediction === undefined ? [row] : [row, prediction];
  });
  return forestPlot(rows, {
    title: `Effects against ${result.reference}, random effects (${result.method})`,
    ratio: isRatio(measure),
    axis: axisOf(measure),
    sides: sidesOf(smallValues, 'the treatment', result.reference),
  });
}

function predictionRow(low: number | null, high: number | null, estimate: number, tau2: number): ForestRow | undefined {
  return low === null || high === null || tau2 === 0
    ? undefined
    : { name: '   prediction interval', estimate, low, high, kind: 'prediction' };
}

const sidesOf = (small: PlotInput['smallValues'], treatment: string, reference: string): [string, string] =>
  small === 'desirable'
    ? [`favours ${treatment}`, `favours ${reference}`]
    : [`favours ${reference}`, `favours ${treatment}`];

function pairwiseForest({ result, measure, smallValues }: PlotInput): string {
  const { pairwise } = result;
  if (pairwise === null) return networkForest({ result, rows: [], measure, smallValues });
  const percent = (w: number): string => `${(100 * w).toFixed(1)} %`;
  const studies = pairwise.studies.map((s): ForestRow => {
    const [low, high] = [s.effect - Z95 * s.se, s.effect + Z95 * s.se];
    return {
      name: s.study,
      estimate: s.effect,
      low,
      high,
      kind: 'study',
      weight: s.weightRandom,
      note: percent(s.weightRandom),
    };
  });
  const { common, random } = pairwise;
  const prediction = predictionRow(
    random.prediction?.low ?? null,
    random.prediction?.high ?? null,
    random.estimate,
    random.tau2,
  );
  const rows: ForestRow[] = [
    ...studies,
    { name: 'Common effect', ...common, kind: 'pooled' },
    { name: `Random effects (${result.method}${pairwise.hksj ? ', HKSJ' : ''})`, ...random, kind: 'pooled' },
    ...(prediction === undefined ? [] : [prediction]),
  ];
  return forestPlot(rows, {
    title: `${pairwise.treatment} against ${pairwise.reference}: tau² ${random.tau2.toPrecision(3)}, I² ${percent(random.i2)}, Q ${random.q.toFixed(2)} (df ${random.df})`,
    ratio: isRatio(measure),
    axis: axisOf(measure),
    sides: sidesOf(smallValues, pairwise.treatment, pairwise.reference),
  });
}

function edges(rows: readonly ContrastRow[]): { a: string; b: string; studies: number }[] {
  const count = new Map<string, { a: string; b: string; studies: number }>();
  for (const { treat1, treat2 } of rows) {
    const [a = '', b = ''] = [treat1, treat2].sort();
    const key = `${a}\u0000${b}`;
    count.set(key, { a, b, studies: (count.get(key)?.studies ?? 0) + 1 });
  }
  return [...count.values()];
}

function leaguePicture({ result, measure }: PlotInput): string {
  const order = [...result.random.effects]
    .map((e, i) => ({ i, pScore: e.pScore }))
    .sort((a, b) => b.pScore - a.pScore)
    .map((e) => e.i);
  const shown = (v: number): string => (isRatio(measure) ? Math.exp(v) : v).toFixed(2);
  const cells = order.map((row, r) =>
    order.map((column, c) => {
      // Below the diagonal the better-placed treatment is the column, above it the row.
      const below = r > c;
      const table = below ? result.league.random : result.league.common;
      const [i, j] = below ? [column, row] : [row, column];
      const [effect, se] = [table.effect[i]?.[j] ?? NaN, table.se[i]?.[j] ?? NaN];
      const [low, high] = [effect - Z95 * se, effect + Z95 * se];
      return { text: `${shown(effect)} (${shown(low)} to ${shown(high)})`, clear: low > 0 || high < 0 };
    }),
  );
  const names = order.map((i) => result.league.treatments[i] ?? '');
  return leagueTable(names, cells, `League table, ${axisOf(measure)} (95 %)`, [
    'Below the diagonal: random effects, column against row. Above it: common effect, row against column.',
    'Best P-score first. Shaded: the interval leaves out no effect.',
  ]);
}

function funnelPicture({ result, rows, measure }: PlotInput): string {
  const index = new Map(result.league.treatments.map((t, i) => [t, i]));
  const scale = isRatio(measure) ? `ln ${axisOf(measure)}` : axisOf(measure);
  if (result.pairwise !== null) {
    const points = result.pairwise.studies.map((s) => ({ name: s.study, effect: s.effect, se: s.se }));
    return funnelPlot(points, result.pairwise.random.estimate, 'Funnel plot about the random effect', scale);
  }
  const points = rows.map((r) => {
    const flip = r.treat2 < r.treat1 ? -1 : 1;
    const [a, b] = flip === 1 ? [r.treat1, r.treat2] : [r.treat2, r.treat1];
    const pooled = result.league.random.effect[index.get(a) ?? -1]?.[index.get(b) ?? -1] ?? NaN;
    return { name: `${r.study}: ${a} - ${b}`, effect: flip * r.TE - pooled, se: r.seTE, group: `${a} - ${b}` };
  });
  return funnelPlot(
    points,
    0,
    'Funnel plot, effects centred at their comparison',
    `${scale} minus the network estimate`,
  );
}
