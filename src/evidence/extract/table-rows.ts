// Simple tables in running text: rows of cells between bars or tabs, as pages and PDF readers give them. A column headed "Hazard ratio
// (95% CI)" holds effects; rows named "Median ..." or with "%" hold the figures of the arms in the other columns.
import type { ExtractedResult, Measure } from '../../domain/literature.js';
import { armsDirection, effectDirection, isSignificant } from './direction.js';
import { effectMentions } from './effect-mentions.js';
import { bareInterval, NUMBER, toNumber } from './numbers.js';
import type { OutcomeHit, OutcomeLexicon } from './outcome-lexicon.js';

interface Cell {
  readonly text: string;
  readonly start: number;
}

interface Row {
  readonly cells: readonly Cell[];
  readonly start: number;
  readonly end: number;
}

interface Header {
  readonly measure: Measure | undefined;
  readonly effectAt: number;
  readonly pAt: number;
  readonly names: readonly string[];
}

export interface Tables {
  readonly results: readonly ExtractedResult[];
  /** The text with its table rows blanked, lengths kept: what is read as prose. */
  readonly prose: string;
}

/** @param plain plain characters of the whole document */
export function tableResults(plain: string, lexicon: OutcomeLexicon): Tables {
  const rows = rowsOf(plain);
  if (rows.length < 2) return { results: [], prose: plain };
  const results: ExtractedResult[] = [];
  let header: Header | undefined;
  let heading: OutcomeHit | undefined;
  let prose = plain;
  for (const row of rows) {
    const read = headerOf(row);
    if (read !== undefined) header = read;
    else if (header !== undefined) {
      const [first] = row.cells;
      const named = lexicon.find(first?.text ?? '')[0];
      if (row.cells.slice(1).every((c) => !/\d/.test(c.text))) heading = named ?? heading;
      else results.push(...rowResults(row, header, named ?? heading));
    }
    prose = prose.slice(0, row.start) + ' '.repeat(row.end - row.start) + prose.slice(row.end);
  }
  return { results, prose };
}

/** Lines with three cells or more. */
function rowsOf(plain: string): Row[] {
  const rows: Row[] = [];
  let start = 0;
  for (const line of plain.split('\n')) {
    const cut =
      (line.match(/\|/g) ?? []).length >= 2 ? '|' : line.trim().split(/ {3,}/).length >= 3 ? / {3,}/ : undefined;
    if (cut !== undefined) {
      const cells: Cell[] = [];
      let at = start;
      for (const part of line.split(cut)) {
        const found = plain.indexOf(part, at);
        cells.push({ text: part.trim(), start: found + (part.length - part.trimStart().length) });
        at = found + part.length;
      }
      if (cells.length >= 3) rows.push({ cells, start, end: start + line.length });
    }
    start += line.length + 1;
  }
  return rows;
}

/** A row without figures of its own that names an effect or a p-value in a column. */
function headerOf({ cells }: Row): Header | undefined {
  const effects = cells.map((c) =>
    /^\W*-?\d/.test(c.text)
      ? undefined
      : (effectMentions(`${c.text} = 1`)[0]?.measure ?? (/ratio/i.test(c.text) ? 'RR' : undefined)),
  );
  const effectAt = effects.findIndex((m, i) => m !== undefined && i > 0);
  const pAt = cells.findIndex((c, i) => i > 0 && /^\W*p\b[\s-]*(?:values?)?\W*$/i.test(c.text));
  if ((effectAt === -1 && pAt === -1) || cells.slice(1).some((c) => /^-?[\d.]+\s*[([]/.test(c.text))) return undefined;
  return {
    measure: effects[effectAt],
    effectAt,
    pAt,
    names: cells.map((c) => c.text.replace(/\s*\(\s*[nN]\s*=.*$/, '').trim()),
  };
}

const VALUE = new RegExp(String.raw`^(${NUMBER})(?=$|[\s([%])`);

function rowResults({ cells }: Row, header: Header, outcome: OutcomeHit | undefined): ExtractedResult[] {
  const name = cells[0]?.text ?? '';
  const p = pOf(cells[header.pAt]?.text);
  const common = {
    level: null,
    p,
    at: /\b\d+[ -](?:mo|month|year|yr|wk|week)s?\b/.exec(name)?.[0] ?? null,
    subgroup: null,
  };
  const effect = header.measure === undefined ? undefined : figureOf(cells[header.effectAt]);
  const arms = cells.flatMap((cell, i) =>
    i > 0 && i !== header.effectAt && i !== header.pAt
      ? [{ figure: figureOf(cell), arm: header.names[i] ?? null }]
      : [],
  );
  const told = arms.flatMap(({ figure, arm }) => (figure === undefined ? [] : [{ figure, arm }]));
  const results: ExtractedResult[] = [];
  if (effect !== undefined && header.measure !== undefined)
    results.push({
      ...common,
      ...effect.limits,
      measure: header.measure,
      value: effect.value,
      outcome: outcome?.term.id ?? name,
      unit: null,
      intervention: arms[0]?.arm ?? null,
      comparator: arms[1]?.arm ?? null,
      direction: effectDirection(header.measure, effect.value, effect.interval, p, outcome?.term, ''),
      span: effect.span,
    });
  const kind = /\bmedian\b/i.test(name)
    ? 'median'
    : /%|\brates?\b|per ?cent/i.test(`${name} ${told[0]?.figure.text ?? ''}`)
      ? 'rate'
      : undefined;
  if (kind === undefined) return results;
  const significant = effect === undefined ? undefined : isSignificant(1, effect.interval, p);
  told.forEach(({ figure, arm }, i) => {
    const other = told.length === 2 ? told[1 - i] : undefined;
    results.push({
      ...common,
      ...figure.limits,
      measure: kind,
      value: figure.value,
      outcome: outcome?.term.id ?? name,
      unit: kind === 'rate' ? '%' : (/\b(mo|months?|weeks?|years?|days?)\b/i.exec(name)?.[0] ?? null),
      intervention: arm,
      comparator: other?.arm ?? null,
      direction: other === undefined ? null : armsDirection(figure.value, other.figure.value, significant),
      span: figure.span,
    });
  });
  return results;
}

function figureOf(cell: Cell | undefined) {
  const match = VALUE.exec(cell?.text ?? '');
  if (cell === undefined || match === null) return undefined;
  const value = toNumber(match[1] ?? '');
  const after = cell.text.slice(match[0].length).replace(/^%/, ' ');
  const interval = bareInterval(cell.text.replace(/%/g, ' '), cell.text.length - after.length, value);
  const end = interval === undefined ? match[0].length : Math.min(cell.text.length, interval.end + 1);
  return {
    value,
    interval,
    text: cell.text,
    limits: { low: interval?.low ?? null, high: interval?.high ?? null },
    span: { start: cell.start, end: cell.start + end },
  };
}

/** "<0.001", "0.02". */
const pOf = (text: string | undefined): string | null =>
  /^[<>=\u2264]?\s?\d?\.\d+$/
    .exec(text ?? '')?.[0]
    .replace(/[\s=]/g, '')
    .replace(/^([<>\u2264]?)\./, '$10.') ?? null;
