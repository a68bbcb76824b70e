// What this process runs on: kept in gate.json, compared by replay.
import { createRequire } from 'node:module';
import { codeVersion } from './project.js';

export const runtime = (): Record<string, string> => ({
  node: process.version,
  onnxruntime: (createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string }).version,
  platform: `${process.platform}-${process.arch}`,
  code: codeVersion(),
});
