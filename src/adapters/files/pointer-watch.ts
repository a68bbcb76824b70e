// Notices that models/released.json names another model: between jobs by `check`, and by itself where no job comes.
import { nameOf } from '../../app/release-log.js';
import { readPointer } from './release-files.js';

export interface PointerWatch {
  /** True when the pointer still names the model of the beginning. */
  readonly inForce: () => boolean;
  readonly stop: () => void;
}

/** Calls `changed` once. @param everyMs how often it looks. */
export function watchPointer(models: string, everyMs: number, changed: () => void): PointerWatch {
  const named = (): string => {
    const pointer = readPointer(models);
    return pointer === null ? '' : nameOf(pointer);
  };
  const began = named();
  const inForce = (): boolean => named() === began;
  const timer = setInterval(() => {
    if (inForce()) return;
    clearInterval(timer);
    changed();
  }, everyMs);
  timer.unref();
  return { inForce, stop: () => clearInterval(timer) };
}
