// Replay: an old record made again from its versions and its stored input, and what of it is the same. Says exactly what is missing.
import type { Option, Recommendation } from '../domain/recommendation.js';

export interface ReplayVerdict {
  /** identical: byte for byte. same: bands, order and numbers as printed, other words. different: `differences` says where. */
  readonly outcome: 'identical' | 'same' | 'different';
  readonly differences: readonly string[];
}

/** Numbers as they are printed: months to a tenth, probabilities to a whole per cent, utilities to hundredths. Halves of these steps
 * may round either way, so equality to 1e-6 is equality too. */
const PRINTED = { months: 1, share: 2, utility: 2 } as const;

export function compareReplay(old: Recommendation, now: Recommendation): ReplayVerdict {
  if (JSON.stringify(old) === JSON.stringify(now)) return { outcome: 'identical', differences: [] };
  const differences = [
    ...differs('status', old.status, now.status),
    ...differs('reason', old.reason?.code, now.reason?.code),
    ...differs('order of options', old.options.map(nameOf).join(', '), now.options.map(nameOf).join(', ')),
    ...old.options.flatMap((option) => {
      const again = now.options.find((o) => nameOf(o) === nameOf(option));
      return again === undefined ? [] : optionDiffers(option, again);
    }),
  ];
  return { outcome: differences.length === 0 ? 'same' : 'different', differences };
}

const nameOf = ({ decision, regimen }: Option): string => `${decision}/${regimen.id}`;

const differs = (what: string, a: unknown, b: unknown): readonly string[] =>
  a === b ? [] : [`${what}: ${a ?? 'none'} -> ${b ?? 'none'}`];

function optionDiffers(a: Option, b: Option): readonly string[] {
  const name = nameOf(a);
  const numbers: readonly (readonly [string, number | null | undefined, number | null | undefined, number])[] = [
    ['utility', a.utility, b.utility, PRINTED.utility],
    ['gain', a.benefit?.gainMonths, b.benefit?.gainMonths, PRINTED.months],
    ['low', a.benefit?.low, b.benefit?.low, PRINTED.months],
    ['high', a.benefit?.high, b.benefit?.high, PRINTED.months],
    ['P(best)', a.benefit?.probabilityBest, b.benefit?.probabilityBest, PRINTED.share],
    ['harm', a.harm.grade3Plus, b.harm.grade3Plus, PRINTED.share],
    ...(['12', '24', '60'] as const).map(
      (m) => [`survival at ${m}`, a.benefit?.survival?.[m], b.benefit?.survival?.[m], PRINTED.share] as const,
    ),
  ];
  return [
    ...differs(`${name} band`, a.band, b.band),
    ...differs(`${name} rank`, a.rank, b.rank),
    ...numbers.flatMap(([what, x, y, digits]) =>
      sameAsPrinted(x, y, digits) ? [] : [`${name} ${what}: ${x} -> ${y}`],
    ),
  ];
}

function sameAsPrinted(x: number | null | undefined, y: number | null | undefined, digits: number): boolean {
  if (x == null || y == null) return x == null && y == null;
  return x.toFixed(digits) === y.toFixed(digits) || Math.abs(x - y) < 1e-6;
}

export interface Needed {
  readonly code: string;
  readonly runtime: Readonly<Record<string, string>>;
}

/** What of the machine is not as it was: told beside the verdict, because it may explain a difference. */
export function machineDiffers(old: Needed, now: Needed): readonly string[] {
  const base = (code: string): string => code.split('+stops')[0] ?? code;
  return [
    ...(base(old.code) === base(now.code)
      ? []
      : [
          `code version: the record was made by ${old.code}, this is ${now.code}; check that version out to replay exactly`,
        ]),
    ...['node', 'onnxruntime', 'platform'].flatMap((part) => {
      const [was, is] = [old.runtime[part], now.runtime[part]];
      return was === undefined || was === is ? [] : [`runtime: ${part} was ${was}, this is ${is}`];
    }),
  ];
}
