import { mkdtempSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// One folder a run: every process of the run reads the corpus files once (src/adapters/files/yaml-records.ts).
const cache = process.env.SHIPA_CORPUS_CACHE ?? mkdtempSync(join(tmpdir(), 'shipa-test-'));

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // By itself vitest leaves one core free, and of two that is half.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    env: { SHIPA_CORPUS_CACHE: cache },
  },
});
