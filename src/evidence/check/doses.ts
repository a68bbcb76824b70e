// Could a dose be given? Bounds by unit catch a slip of a unit or a digit; a drug's own doses in other regimens catch the rest.
import type { Corpus } from '../../domain/corpus/corpus.js';
import type { Regimen } from '../../domain/corpus/regimen.js';
import { error, type Finding, warning } from './finding.js';

/**
 * Widest doses of any single administration in use: by unit, lowest and highest (methotrexate 12 g/m2 in osteosarcoma, mitotane 6 g,
 * PEG-asparaginase 2,500 IU/m2 given as units, 177Lu 7,400 MBq, samarium and iodine up to 11,100 MBq; thyroxine and vincristine below).
 */
const BOUNDS: Readonly<Record<string, readonly [low: number, high: number]>> = {
  mg: [0.02, 6000],
  'mg/m2': [0.1, 12000],
  'mg/kg': [0.01, 150],
  AUC: [1, 7.5],
  ug: [0.1, 5000],
  'ug/kg': [0.1, 500],
  IU: [1, 50_000_000],
  MBq: [10, 12000],
  g: [0.1, 20],
  'g/m2': [0.1, 12],
};
/** A dose more than so many times the drug's median in the same unit and route is asked about. */
const OUTLYING = 25;

interface Given {
  readonly regimen: Regimen;
  readonly drug: string;
  readonly dose: number;
  readonly unit: string;
}

export function checkDoses(corpus: Corpus): Finding[] {
  const given = corpus.cancers.flatMap((c) =>
    c.regimens.flatMap((regimen) =>
      regimen.components.flatMap(({ drug, dose, unit, route }): (Given & { readonly key: string })[] =>
        dose === undefined || unit === undefined
          ? []
          : [{ regimen, drug, dose, unit, key: `${drug} ${unit} ${route ?? ''}` }],
      ),
    ),
  );
  const byKey = new Map<string, Given[]>();
  for (const one of given) byKey.set(one.key, [...(byKey.get(one.key) ?? []), one]);
  return [
    ...given.flatMap(outOfBounds),
    ...[...byKey.values()].flatMap((same) => {
      const sorted = same.map((g) => g.dose).sort((a, b) => a - b);
      const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
      return same
        .filter(({ dose }) => dose > median * OUTLYING || dose < median / OUTLYING)
        .map(({ regimen, drug, dose, unit }) =>
          warning(`regimen ${regimen.id}`, `${drug} ${dose} ${unit}, where other regimens give about ${median}`),
        );
    }),
  ];
}

function outOfBounds({ regimen, drug, dose, unit }: Given): Finding[] {
  const [low, high] = BOUNDS[unit] ?? [0, Number.POSITIVE_INFINITY];
  return dose >= low && dose <= high
    ? []
    : [error(`regimen ${regimen.id}`, `${drug} ${dose} ${unit} lies outside ${low} to ${high} ${unit}`)];
}
