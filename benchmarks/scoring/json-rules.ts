// The peer of eligibility: the same criteria of one cancer as rules of json-rules-engine. It knows two values and we need three, so an
// indication is two rules, "is met" and "may be met"; what the parts of a criterion must say for that is worked out here. Atoms are
// facts answered by our own code, each once a patient, so that only the joining of answers is compared.
import { Engine, type NestedCondition, type TopLevelCondition } from 'json-rules-engine';
import type { CorpusIndex } from '../../src/core/corpus-index.js';
import { atomState, stateOf } from '../../src/core/criteria/state.js';
import type { Context } from '../../src/core/criteria/trace.js';
import type { CancerFolder } from '../../src/domain/corpus/corpus.js';
import type { Atom, Criterion } from '../../src/domain/corpus/criterion.js';
import type { Patient } from '../../src/domain/patient.js';
import type { Truth } from '../../src/domain/truth.js';

export interface RulesPeer {
  readonly cancer: string;
  readonly rules: number;
  readonly patients: number;
  /** Patients a second of CPU. */
  readonly jsonRules: number;
  readonly ours: number;
  /** Indications that the two judged differently; 0 or the benchmark means nothing. */
  readonly different: number;
}

export async function rulesPeer(index: CorpusIndex, patients: readonly Patient[], cancer: string): Promise<RulesPeer> {
  const folder = index.corpus.cancers.find((f) => f.profile.id === cancer);
  if (folder === undefined) throw new Error(`the corpus has no folder ${cancer}`);
  const contexts = contextsOf(patients, folder, index);
  const { engine, about } = engineOf(folder);
  const theirs: ReadonlyMap<string, Truth>[] = [];
  const jsonMs = await cpuMs(async () => {
    for (const context of contexts) {
      about(context);
      const { events } = await engine.run();
      theirs.push(statesIn(events.map((e) => e.type)));
    }
  });
  const judge = (): Truth[][] =>
    contexts.map((context) => {
      const anew = { ...context };
      return folder.indications.map(({ criteria }) => stateOf(criteria, anew));
    });
  for (let warm = 0; warm < WARM; warm++) judge();
  let ours: Truth[][] = [];
  const oursMs = await cpuMs(async () => {
    for (let round = 0; round < ROUNDS; round++) ours = judge();
  });
  const different = contexts.flatMap((_, p) =>
    folder.indications.filter(({ id }, i) => ours[p]?.[i] !== (theirs[p]?.get(id) ?? 'not-met')),
  ).length;
  return {
    cancer,
    rules: 2 * folder.indications.length,
    patients: contexts.length,
    jsonRules: (1000 * contexts.length) / jsonMs,
    ours: (1000 * ROUNDS * contexts.length) / oursMs,
    different,
  };
}

const [WARM, ROUNDS] = [10, 20];

/** The patients' cases of this cancer, in each of its settings in turn, so that no rule is idle. */
export function contextsOf(patients: readonly Patient[], folder: CancerFolder, index: CorpusIndex): readonly Context[] {
  const { settings, oncotree } = folder.profile;
  const cases = patients.flatMap((patient) => patient.cases.map((cancerCase) => ({ patient, cancerCase })));
  const own = cases.filter(({ cancerCase: { cancer } }) => {
    return cancer.known && oncotree.some((code) => index.isCancer(cancer.value.oncotree, code));
  });
  return own.flatMap((one, i) => {
    const setting = settings[i % settings.length];
    return setting === undefined ? [] : [{ ...one, index, setting: setting.id }];
  });
}

interface Rules {
  readonly engine: Engine;
  /** Says of whom the next run is. */
  readonly about: (context: Context) => void;
}

function engineOf(folder: CancerFolder): Rules {
  const engine = new Engine();
  const names = new Map<Criterion, string>();
  let asked: Context | undefined;
  const factFor = (atom: Atom): string => {
    const known = names.get(atom);
    if (known !== undefined) return known;
    const name = `atom ${names.size}`;
    names.set(atom, name);
    engine.addFact(name, () => (asked === undefined ? 'unknown' : atomState(atom, asked)));
    return name;
  };
  for (const { id, criteria } of folder.indications) {
    engine.addRule({ conditions: top(says(criteria, 'met', factFor)), event: { type: `met ${id}` } });
    engine.addRule({
      conditions: { not: says(criteria, 'not-met', factFor) },
      event: { type: `may ${id}` },
    });
  }
  return {
    engine,
    about: (context) => {
      asked = context;
    },
  };
}

/** The condition under which a criterion is met, or is not met. */
function says(criterion: Criterion, state: 'met' | 'not-met', factFor: (atom: Atom) => string): NestedCondition {
  const opposite = state === 'met' ? 'not-met' : 'met';
  switch (criterion.op) {
    case 'all':
    case 'any': {
      const parts = criterion.parts.map((part) => says(part, state, factFor));
      return (criterion.op === 'all') === (state === 'met') ? { all: parts } : { any: parts };
    }
    case 'not':
      return says(criterion.part, opposite, factFor);
    case 'unless':
      return state === 'met' ? { not: says(criterion.part, 'met', factFor) } : says(criterion.part, 'met', factFor);
    default:
      return { fact: factFor(criterion), operator: 'equal', value: state };
  }
}

const top = (condition: NestedCondition): TopLevelCondition =>
  'all' in condition || 'any' in condition || 'not' in condition || !('fact' in condition)
    ? condition
    : { all: [condition] };

function statesIn(events: readonly string[]): ReadonlyMap<string, Truth> {
  const met = new Set(events.filter((e) => e.startsWith('met ')).map((e) => e.slice(4)));
  const may = events.filter((e) => e.startsWith('may ')).map((e) => e.slice(4));
  return new Map(may.map((id) => [id, met.has(id) ? 'met' : 'unknown']));
}

export async function cpuMs(run: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
