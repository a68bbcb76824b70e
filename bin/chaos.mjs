// `npm run chaos [-- OPTIONS]`: kills, cuts, fills and empties what a run stands on, and compares what is stored (docs/chaos.md).
import { ensureReady } from './ensure.mjs';

ensureReady();
const { main } = await import('../dist/benchmarks/chaos.js');
process.exitCode = await main(process.argv.slice(2));
