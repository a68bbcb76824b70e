// The peer of eligibility in CQL: the same criteria of one cancer as a library of ELM (what a CQL translator makes of
// `(a and b) or not c`), run by cql-execution. CQL is three-valued as we are (null is unknown), so an indication is one definition:
// all = And, any = Or, not = Not, unless = Not IsTrue. Atoms are properties of the patient answered by our own code, each once a patient,
// so that only the joining of answers is compared, as with json-rules-engine.
import { type DataProvider, Executor, Library, type PatientObject } from 'cql-execution';
import { atomState } from '../../src/core/criteria/state.js';
import type { Context } from '../../src/core/criteria/trace.js';
import type { CancerFolder } from '../../src/domain/corpus/corpus.js';
import type { Atom, Criterion } from '../../src/domain/corpus/criterion.js';
import type { Truth } from '../../src/domain/truth.js';

export interface CqlPeer {
  /** State of each indication of the folder, in its order. */
  readonly judge: (context: Context) => Promise<readonly Truth[]>;
}

export function cqlPeer(folder: CancerFolder): CqlPeer {
  const names = new Map<Atom, string>();
  const nameOf = (atom: Atom): string => {
    const name = names.get(atom) ?? `atom${names.size}`;
    names.set(atom, name);
    return name;
  };
  const definitions = folder.indications.map(({ criteria }, i) => define(`indication${i}`, elmOf(criteria, nameOf)));
  const library = new Library({
    library: {
      identifier: { id: 'eligibility' },
      schemaIdentifier: { id: 'urn:hl7-org:elm', version: 'r1' },
      usings: { def: [{ localIdentifier: 'System', uri: 'urn:hl7-org:elm-types:r1' }] },
      statements: { def: [define('Patient', PATIENT), ...definitions] },
    },
  });
  const executor = new Executor(library);
  const atoms = new Map([...names].map(([atom, name]) => [name, atom]));
  return {
    judge: async (context) => {
      const { patientResults } = await executor.exec(sourceOf(context, atoms));
      const answers = patientResults['1'] ?? {};
      return folder.indications.map((_, i) => stateIn(answers[`indication${i}`]));
    },
  };
}

const define = (name: string, expression: Elm) => ({ name, context: 'Patient', accessLevel: 'Public', expression });

type Elm = Readonly<Record<string, unknown>>;

const PATIENT: Elm = { type: 'SingletonFrom', operand: { type: 'Retrieve', dataType: '{urn:shipa}Patient' } };
const literal = (value: boolean): Elm => ({
  type: 'Literal',
  valueType: '{urn:hl7-org:elm-types:r1}Boolean',
  value: String(value),
});

function elmOf(criterion: Criterion, nameOf: (atom: Atom) => string): Elm {
  switch (criterion.op) {
    case 'all':
      return joined('And', criterion.parts, literal(true), nameOf);
    case 'any':
      return joined('Or', criterion.parts, literal(false), nameOf);
    case 'not':
      return { type: 'Not', operand: elmOf(criterion.part, nameOf) };
    case 'unless':
      return { type: 'Not', operand: { type: 'IsTrue', operand: elmOf(criterion.part, nameOf) } };
    default:
      return { type: 'Property', path: nameOf(criterion), source: { type: 'ExpressionRef', name: 'Patient' } };
  }
}

/** And and Or of ELM take two operands. */
function joined(type: 'And' | 'Or', parts: readonly Criterion[], empty: Elm, nameOf: (atom: Atom) => string): Elm {
  const [first, ...others] = parts.map((part) => elmOf(part, nameOf));
  return others.reduce((left, right) => ({ type, operand: [left, right] }), first ?? empty);
}

const stateIn = (value: unknown): Truth => (value === true ? 'met' : value === false ? 'not-met' : 'unknown');

/** One patient, whose properties are atoms. */
function sourceOf(context: Context, atoms: ReadonlyMap<string, Atom>): DataProvider {
  const kept = new Map<string, boolean | null>();
  const patient: PatientObject = {
    getId: () => '1',
    get: (name: string) => {
      const atom = atoms.get(name);
      if (atom === undefined) return undefined;
      const known = kept.get(name);
      if (known !== undefined) return known;
      const state = atomState(atom, context);
      const value = state === 'unknown' ? null : state === 'met';
      kept.set(name, value);
      return value;
    },
    getCode: () => null,
    getDate: () => null,
    getDateOrInterval: () => null,
    findRecords: () => [patient],
  };
  let left: PatientObject | undefined = patient;
  return {
    currentPatient: () => left,
    nextPatient: () => {
      left = undefined;
      return undefined;
    },
  };
}
