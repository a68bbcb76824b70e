#!/usr/bin/env node
// `shipa COMMAND`: installs and builds what is missing, then runs the command line.
import { ensureReady } from './ensure.mjs';

ensureReady();
const { main } = await import('../dist/src/cli/main.js');
process.exitCode = await main(process.argv.slice(2));
