// Release and rollback: refused without a green gate of exactly these bytes, refused for nobody, and kept in a chain of signatures.
import { describe, expect, it } from 'vitest';
import {
  appended,
  gatedCard,
  type ReleaseState,
  readLog,
  releaseFaults,
  rollbackTarget,
  signatureFaults,
  signedCard,
} from '../../src/app/release-log.js';
import type { GateReport } from '../../src/evidence/gate/gate-report.js';

const report: GateReport = {
  model: 'm@2',
  against: 'm@1',
  passed: true,
  checks: [],
  changes: [],
  recommendations: [],
  files: { 'model.onnx': 'aa' },
  patients: 10_000,
  rows: 10_000,
  runtime: {},
};
const [one, two] = [
  { id: 'm', version: '1' },
  { id: 'm', version: '2' },
];
const state: ReleaseState = { report, files: { 'model.onnx': 'aa' }, pointer: one, pointerSigned: true };
const faults = (changed: Partial<ReleaseState>) => releaseFaults(two, { ...state, ...changed }).join('\n');

describe('releaseFaults', () => {
  it('lets a green model pass', () => expect(faults({})).toBe(''));
  it('stops a red gate and names the check', () => {
    const red = { ...report, passed: false, checks: [{ name: 'parity', passed: false, detail: 'far' }] } as const;
    expect(faults({ report: red })).toMatch(/parity: far/);
  });
  it('stops bytes that were not gated, one more file or one less', () => {
    expect(faults({ files: { 'model.onnx': 'bb' } })).toMatch(/not the bytes that were gated: model.onnx/);
    expect(faults({ files: {} })).toMatch(/model.onnx/);
    expect(faults({ files: { ...state.files, 'card.onnx': 'x' } })).toMatch(/card.onnx/);
  });
  it('stops a gate of fewer patients, of another model or against another release', () => {
    expect(faults({ report: { ...report, patients: 9_999 } })).toMatch(/9999 patients/);
    expect(faults({ report: { ...report, model: 'm@3' } })).toMatch(/of m@3/);
    expect(faults({ report: { ...report, against: 'm@0' } })).toMatch(/against m@0/);
  });
});

describe('signatureFaults', () => {
  const why = 'reviewed the table of changes';
  it.each(['Aigerim Sadykova', 'А. Нурланов', 'J.-P. O’Neill'])('takes %s', (by) => {
    expect(signatureFaults({ by, role: 'oncologist', why })).toEqual([]);
  });
  it.each(['', 'anonymous', 'Anonymous Reviewer', 'root', 'Admin User', 'A. B.', 'x1 y2'])('refuses "%s"', (by) => {
    expect(signatureFaults({ by, role: 'oncologist', why })).toHaveLength(1);
  });
  it('wants a role and a reason', () => {
    expect(signatureFaults({ by: 'Aigerim Sadykova', role: '', why: 'ok' })).toHaveLength(2);
  });
});

describe('the log', () => {
  const entry = { by: 'A B', role: 'r', why: 'w', at: '2026-06-01T00:00:00Z', gate: 'g' } as const;
  const first = appended('', { action: 'release', model: one, from: null, ...entry });
  const both = appended(first, { action: 'release', model: two, from: one, ...entry });
  it('goes back to what was in force before, and no further than the first', () => {
    expect(rollbackTarget(readLog(both), two)).toEqual(one);
    expect(() => rollbackTarget(readLog(both), one)).toThrow(/first release/);
  });
  it('is refused when an earlier line was changed or taken out', () => {
    expect(() => readLog(both.replace('"why":"w"', '"why":"other"'))).toThrow(/line 2/);
    expect(() => readLog(both.split('\n').slice(1).join('\n'))).toThrow(/line 1/);
  });
  it('puts the signature into the card once', () => {
    const signed = readLog(first)[0] ?? null;
    const card = signedCard(signedCard('# card\n', null), signed);
    expect(card.match(/## Signed/g)).toHaveLength(1);
    expect(card).toMatch(/A B, r, on 2026-06-01/);
    expect(signedCard('# card\n', null)).toMatch(/Nobody yet/);
  });
  it('takes the findings of the gate into the card, the last ones only, and leaves older cards alone', () => {
    const card = '# m\n\n## Calibration\n\nc\n\n## Performance\n\nNot judged yet\n\n## Subgroups\n\ns\n';
    const red = { ...report, passed: false, checks: [{ name: 'parity', passed: false, detail: 'a | b' } as const] };
    const twice = gatedCard(gatedCard(card, red), report);
    expect(gatedCard(card, red)).toContain('| parity | **fail** | a / b |');
    expect(twice).not.toMatch(/Not judged yet|\*\*fail\*\*/);
    expect(twice).toMatch(
      /## Calibration\n\nc\n\n## Performance\n\nJudged by [\s\S]*green[\s\S]*\n## Subgroups\n\ns\n$/,
    );
    expect(gatedCard('# m\n\n## Subgroups\n', report)).toBe('# m\n\n## Subgroups\n');
  });
});
