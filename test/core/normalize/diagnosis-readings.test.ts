import { describe, expect, it } from 'vitest';
import { diagnosisReadings } from '../../../src/core/normalize/report-reading.js';
import { condition, terms, text } from './record.js';

const read = (words: string) => diagnosisReadings(condition(text(words)), terms).map((r) => `${r.name} ${r.result}`);

describe('markers in the words of a diagnosis', () => {
  it.each([
    ['EGFR-mutated (exon 19 del) adenocarcinoma of lung', ['EGFR positive']],
    ['ALK-positive lung adenocarcinoma', ['ALK positive']],
    ['Lung adenocarcinoma, EGFR wild type', ['EGFR negative']],
    ['Non-small cell lung cancer, positive for epidermal growth factor receptor expression', []],
    ['Adenocarcinoma of upper lobe of left lung', []],
  ])('reads of "%s" %j', (words, expected) => {
    expect(read(words)).toEqual(expected);
  });
});
