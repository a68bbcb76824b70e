// Histories that no reader should meet, among the others.
import type { Fault } from '../fault.js';

const bundle = (id: string, more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    resourceType: 'Bundle',
    id: `case-${id}`,
    type: 'collection',
    timestamp: '2026-06-01T00:00:00Z',
    entry: [
      {
        fullUrl: `http://example.org/fhir/Patient/${id}`,
        resource: { resourceType: 'Patient', id, gender: 'female', birthDate: '1960-05-01', ...more },
      },
      {
        fullUrl: `http://example.org/fhir/Condition/${id}-c`,
        resource: {
          resourceType: 'Condition',
          id: `${id}-c`,
          subject: { reference: `Patient/${id}` },
          code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'C50.4' }] },
          onsetDateTime: '2026-01-10',
        },
      },
    ],
  });

const DEEP = 200_000;
const HUGE = 60_000_000;

/** Each a line; what is written of it is read or refused, and never stops the others. */
const LINES: readonly string[] = [
  bundle('poison-kills'),
  bundle('poison-hangs'),
  bundle('poison-huge', { note: 'x'.repeat(HUGE) }),
  bundle('poison-deep').replace('"gender"', `"deep":${'['.repeat(DEEP)}${']'.repeat(DEEP)},"gender"`),
  '['.repeat(DEEP),
  bundle('poison-absurd', { birthDate: '-99999-77-88', multipleBirthInteger: 1e308 }).replace('1e+308', '1e999'),
  bundle('poison-nul', { address: [{ state: 'Al\u0000maty' }], name: [{ family: '\u0000' }] }),
  bundle('poison-nul\u0000id'),
  bundle('poison-surrogate', { address: [{ state: '\ud800' }] }),
  bundle(`poison-long-${'9'.repeat(100_000)}`),
  'null',
  '{}',
  '[]',
  '""',
];

export const poison: Fault = {
  name: 'poison',
  does: 'among the cohort: one that kills its reader, one that hangs it, 60 MB, 200,000 brackets, NUL, half a surrogate, absurd numbers and dates',
  holds: 'each is stored, a fault or a dead letter; the run ends by itself and no neighbour is touched',
  modes: ['embedded', 'cluster'],
  by: 'steps',
  hook: 'poison',
  poison: LINES,
  disturb: async () => `${LINES.length} poisoned lines`,
  failed: async ({ out, err }) => (/could not be read|FAILED|faults|given up/i.test(out + err) ? 'right' : 'lost'),
  after: async (site) => {
    const one = async (sql: string): Promise<number> => Number((await site.query(sql))[0]?.count);
    const stored = await one(`select count(*) from patient where external_id like 'poison-%'`);
    const faults = (await one('select count(distinct place) from fault')) - site.broken;
    const dead = await one(`select coalesce(sum(patients), 0) as count from chunk where state = 'failed'`);
    const told = `${stored} stored, ${faults} faults, ${dead} dead letters of ${LINES.length}`;
    return stored + faults + dead < LINES.length
      ? [`a poisoned line vanished: ${told}`]
      : dead < 2
        ? [`no dead letter: ${told}`]
        : [];
  },
};
