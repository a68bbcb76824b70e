// Labels against what was read: precision and recall by kind, limits, spans, directions. Used by `npm run bench -- extract` and the tests.
import type { ExtractedResult, LiteratureDocument } from '../src/domain/literature.js';
import { extractDocument } from '../src/evidence/extract/extract-document.js';
import type { OutcomeLexicon } from '../src/evidence/extract/outcome-lexicon.js';

export interface Label {
  readonly measure: ExtractedResult['measure'];
  readonly value: number;
  /** Place of the value in the text. */
  readonly start: number;
  readonly end: number;
  readonly low?: number;
  readonly high?: number;
  readonly direction?: ExtractedResult['direction'];
  readonly outcome?: string;
}

export interface LabelledDocument {
  readonly document: LiteratureDocument;
  readonly labels: readonly Label[];
}

export interface Accuracy {
  readonly documents: number;
  readonly effects: {
    readonly labelled: number;
    readonly found: number;
    readonly right: number;
    readonly precision: number;
    readonly recall: number;
  };
  /** Of labelled effects with limits: both limits right. */
  readonly bothLimits: number;
  readonly medianRecall: number;
  readonly rateRecall: number;
  /** Share of all results whose span holds the number as written. */
  readonly spansHoldNumber: number;
  /** Of labelled directions where the reading speaks. */
  readonly direction: { readonly spoken: number; readonly accuracy: number };
  readonly outcome: { readonly labelled: number; readonly accuracy: number };
  /** "document: HR 0.57 missed", for the one who mends. */
  readonly misses: readonly string[];
}

const isEffect = (measure: string): boolean => measure !== 'median' && measure !== 'rate';
const ratio = (a: number, b: number): number => (b === 0 ? Number.NaN : a / b);

export function extractionAccuracy(all: readonly LabelledDocument[], lexicon: OutcomeLexicon): Accuracy {
  const misses: string[] = [];
  const tally = {
    labelled: 0,
    found: 0,
    right: 0,
    limits: 0,
    bothLimits: 0,
    spans: 0,
    spansRight: 0,
    spoken: 0,
    directions: 0,
    outcomes: 0,
    outcomesRight: 0,
  };
  const recall = { median: [0, 0], rate: [0, 0] };
  for (const { document, labels } of all) {
    const { results } = extractDocument(document, lexicon);
    const used = new Set<ExtractedResult>();
    const matched = labels.map((label) => {
      const result = results.find((r) => !used.has(r) && agrees(r, label));
      if (result !== undefined) used.add(result);
      else
        misses.push(
          `${document.document}: ${label.measure} ${label.value} missed at ${label.start}: ${around(document.text, label.start)}`,
        );
      return { label, result };
    });
    for (const r of results) {
      tally.spans++;
      if (holds(document.text.slice(r.span.start, r.span.end), r.value)) tally.spansRight++;
      else
        misses.push(
          `${document.document}: span of ${r.measure} ${r.value} holds "${document.text.slice(r.span.start, r.span.end)}"`,
        );
      if (!isEffect(r.measure)) continue;
      tally.found++;
      if (used.has(r)) tally.right++;
      else
        misses.push(
          `${document.document}: ${r.measure} ${r.value} found, not labelled: ${around(document.text, r.span.start)}`,
        );
    }
    for (const { label, result } of matched) {
      if (isEffect(label.measure)) {
        tally.labelled++;
        if (label.low !== undefined) {
          tally.limits++;
          if (result?.low === label.low && result.high === label.high) tally.bothLimits++;
          else if (result !== undefined)
            misses.push(
              `${document.document}: ${label.measure} ${label.value} limits ${result.low} ${result.high}, not ${label.low} ${label.high}`,
            );
        }
      } else {
        const counts = recall[label.measure === 'median' ? 'median' : 'rate'];
        counts[0] = (counts[0] ?? 0) + 1;
        if (result !== undefined) counts[1] = (counts[1] ?? 0) + 1;
      }
      if (label.direction !== undefined && result !== undefined && result.direction !== null) {
        tally.spoken++;
        if (result.direction === label.direction) tally.directions++;
        else
          misses.push(
            `${document.document}: ${label.measure} ${label.value} (${result.outcome}) ${result.direction}, not ${label.direction}`,
          );
      }
      if (label.outcome !== undefined && result !== undefined) {
        tally.outcomes++;
        if (result.outcome?.toLowerCase() === label.outcome.toLowerCase()) tally.outcomesRight++;
        else
          misses.push(
            `${document.document}: ${label.measure} ${label.value} outcome ${result.outcome}, not ${label.outcome}`,
          );
      }
    }
  }
  return {
    documents: all.length,
    effects: {
      labelled: tally.labelled,
      found: tally.found,
      right: tally.right,
      precision: ratio(tally.right, tally.found),
      recall: ratio(tally.right, tally.labelled),
    },
    bothLimits: ratio(tally.bothLimits, tally.limits),
    medianRecall: ratio(recall.median[1] ?? 0, recall.median[0] ?? 0),
    rateRecall: ratio(recall.rate[1] ?? 0, recall.rate[0] ?? 0),
    spansHoldNumber: ratio(tally.spansRight, tally.spans),
    direction: { spoken: tally.spoken, accuracy: ratio(tally.directions, tally.spoken) },
    outcome: { labelled: tally.outcomes, accuracy: ratio(tally.outcomesRight, tally.outcomes) },
    misses,
  };
}

/** The same measure and value, and the span covers the labelled place. */
const agrees = (r: ExtractedResult, l: Label): boolean =>
  r.measure === l.measure && r.value === l.value && r.span.start <= l.start && l.end <= r.span.end + 1;

/** The number stands in the span, in whatever way it is written: "0·57", ".57", "−2.3", "1,586.01". */
export function holds(span: string, value: number): boolean {
  const plain = span
    .replace(/[\u00B7\u2219\u22C5]/g, '.')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/(\d),(?=\d{3}\b)/g, '$1');
  return [...plain.matchAll(/-?\s?(?:\d+(?:[.,]\d+)?|\.\d+)/g)].some((m) => {
    const n = Number(m[0].replace(/\s/g, '').replace(',', '.'));
    return n === value || Math.abs(n) === Math.abs(value);
  });
}

const around = (text: string, at: number): string =>
  `...${text.slice(Math.max(0, at - 70), at + 60).replace(/\s+/g, ' ')}...`;
