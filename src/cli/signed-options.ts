// Options of the commands that a person signs: who, why, and the data they act on.
import { DEFAULT_DATA } from './run-services.js';

export const SIGNED_OPTIONS = {
  by: { type: 'string', default: '' },
  reason: { type: 'string', default: '' },
  data: { type: 'string', default: DEFAULT_DATA },
} as const;
