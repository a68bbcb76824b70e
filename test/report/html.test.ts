// The page of a record: complete, self-contained, and safe with whatever a history carries.
import { describe, expect, test } from 'vitest';
import type { Recommendation } from '../../src/domain/recommendation.js';
import { renderHtml } from '../../src/report/html/record.js';

const record: Recommendation = {
  case: '<script>alert(1)</script>',
  asOf: '2026-06-01',
  status: 'abstained',
  reason: { code: 'not-covered', message: 'Colon cancer & others are not covered' },
  versions: { corpus: 'c'.repeat(64), model: 'm@1', features: 'f'.repeat(64), code: '0', input: 'i'.repeat(64) },
  patient: {
    cancer: null,
    stage: null,
    setting: null,
    line: null,
    age: null,
    sex: null,
    ecog: null,
    biomarkers: [],
    treatments: [],
  },
  decisions: [],
  options: [],
  excluded: [{ regimen: 'x" onload="', decision: 'systemic', reasons: ["it's not for you"] }],
  missing: [{ item: 'stage', why: 'decides', changesFirstOption: true }],
  notes: ['a < b'],
};

describe('renderHtml', () => {
  test('escapes everything that comes from a history', () => {
    const page = renderHtml(record);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain('x&quot; onload=&quot;');
    expect(page).toContain('a &lt; b');
  });

  test('says why it abstains, what is missing and what it is not', () => {
    const page = renderHtml(record);
    expect(page).toContain('Colon cancer &amp; others are not covered');
    expect(page).toContain('changes the first option');
    expect(page).toContain('not a certified medical device');
  });

  test('shows the faults of an unreadable history with their places', () => {
    const page = renderHtml({
      case: 'x',
      status: 'error',
      faults: [{ place: 'line 3, entry[1]', message: 'no resource' }],
    });
    expect(page).toContain('line 3, entry[1]');
  });
});
