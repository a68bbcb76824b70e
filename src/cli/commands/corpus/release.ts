// `shipa corpus release` and `shipa corpus rollback`: a named person moves the pointer, with a reason that stays.
import { parseArgs } from 'node:util';
import {
  findModel,
  folderOf,
  hashModel,
  isSigned,
  readGate,
  readHistory,
  readPointer,
  recordRelease,
} from '../../../adapters/files/release-files.js';
import {
  type Model,
  nameOf,
  releaseFaults,
  rollbackTarget,
  type Signature,
  signatureFaults,
} from '../../../app/release-log.js';
import { FaultyInput } from '../../../domain/faults.js';
import { modelsDirectory } from '../../project.js';
import { WrongUse } from '../../wrong-use.js';

const SIGNED = { by: { type: 'string' }, role: { type: 'string' }, why: { type: 'string' } } as const;

export function release(args: string[]): number {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: SIGNED });
  const [name] = positionals;
  if (name === undefined || positionals.length > 1)
    throw new WrongUse('name the model: shipa corpus release shipa-outcomes@0.2.0');
  const signature = signed(values);
  const model = findModel(modelsDirectory, name);
  const folder = folderOf(modelsDirectory, model);
  const { report, hash } = readGate(folder);
  const pointer = readPointer(modelsDirectory);
  const state = {
    report,
    files: hashModel(folder),
    pointer,
    pointerSigned: pointer !== null && isSigned(folderOf(modelsDirectory, pointer)),
  };
  refuse(nameOf(model), releaseFaults(model, state));
  return record('release', model, signature, hash);
}

export function rollback(args: string[]): number {
  const { values } = parseArgs({ args, options: { ...SIGNED, to: { type: 'string' } } });
  const signature = signed({ ...values, role: values.role ?? 'operator' });
  const pointer = readPointer(modelsDirectory);
  if (pointer === null) throw new Error('no model is released');
  const target =
    values.to === undefined
      ? rollbackTarget(readHistory(modelsDirectory), pointer)
      : findModel(modelsDirectory, values.to);
  findModel(modelsDirectory, nameOf(target));
  if (
    values.to !== undefined &&
    !readHistory(modelsDirectory).some((e) => [e.model, e.from].some((m) => m !== null && nameOf(m) === nameOf(target)))
  )
    throw new Error(`${nameOf(target)} was never in force; "shipa corpus release" is the way for a new model`);
  return record('rollback', target, signature, null);
}

function record(action: 'release' | 'rollback', model: Model, signature: Signature, gate: string | null): number {
  const from = readPointer(modelsDirectory);
  const at = new Date().toISOString();
  recordRelease(modelsDirectory, { action, model, from, ...signature, at, gate });
  process.stdout.write(
    `${action}: ${from === null ? 'nothing' : nameOf(from)} -> ${nameOf(model)}, signed by ${signature.by} (${signature.role}) at ${at}\n`,
  );
  return 0;
}

function signed({ by, role, why }: { [K in keyof Signature]?: string | undefined }): Signature {
  const signature = { by: (by ?? '').trim(), role: (role ?? '').trim(), why: (why ?? '').trim() };
  const faults = signatureFaults(signature);
  if (faults.length > 0) throw new WrongUse(faults.join('; '));
  return signature;
}

function refuse(model: string, faults: readonly string[]): void {
  if (faults.length > 0)
    throw new FaultyInput(faults.map((message) => ({ place: `${model} is not released`, message })));
}
