import { readFileSync } from 'node:fs';
import { effects } from './effects.js';
import { plainCharacters } from './plain-characters.js';
import { sentences } from './sentences.js';
const text = readFileSync(0, 'utf8');
for (const line of text.split('\n')) {
  for (const s of sentences(plainCharacters(line))) {
    const e = effects(s.text);
    console.log('> ' + s.text);
    for (const x of e) console.log('    ', x.measure, x.value, x.interval?.low, x.interval?.high, x.interval?.level, 'p', x.p, x.unit, '|', s.text.slice(x.span.start, x.span.end));
  }
}
