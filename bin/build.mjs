// `npm run build`: installs what is missing and compiles to dist/ when a source is newer.
import { ensureReady } from './ensure.mjs';

ensureReady();
