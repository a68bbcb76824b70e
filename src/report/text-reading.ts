// "Read from the note": each fact beside the words it was read from, what is only suggested, and what was not understood, so that the doctor
// verifies the reading before the options. In the language of the record.
import type { Recommendation } from '../domain/recommendation.js';
import type { ReadFact } from '../domain/text-reading.js';
import { bullets, heading, wrap } from './text-layout.js';
import { type Say, saying } from './words.js';

export function readingLines({ reading, asked }: Recommendation): readonly string[] {
  if (reading === undefined) return [];
  const say = saying(asked?.lang);
  const sure = reading.facts.filter((f) => f.confidence !== 'low');
  const low = reading.facts.filter((f) => f.confidence === 'low');
  const width = Math.min(44, Math.max(0, ...sure.map((f) => named(f).length)) + 2);
  return [
    ...heading(say('Read from the note (please verify)')),
    ...sure.flatMap((f) => factLines(f, width, say)),
    ...(low.length === 0
      ? []
      : ['', ...wrap(`${say('Not used, as the reading is not sure; state it plainly to use it')}:`, 2, 2)]),
    ...bullets(low.map((f) => `${named(f)}, "${f.words}"${f.why === undefined ? '' : ` (${f.why})`}`)),
    ...(reading.notUnderstood.length === 0 ? [] : ['', ...wrap(`${say('Seen, and nothing read from it')}:`, 2, 2)]),
    ...bullets(reading.notUnderstood.map((n) => `"${n.words}"`)),
  ];
}

const named = ({ fact, value }: ReadFact): string => (value === '' ? fact : `${fact}: ${value}`);

/** "diagnosis: Lung Adenocarcinoma   "Аденокарцинома лёгкого" ", wrapped under the words. */
function factLines(f: ReadFact, width: number, say: Say): readonly string[] {
  const remark = [
    f.confidence === 'medium' ? `${say('less sure')}${f.why === undefined ? '' : `: ${f.why}`}` : '',
    f.used ? '' : say('not used: something else counts'),
  ]
    .filter((w) => w !== '')
    .join('; ');
  const words = `"${f.words}"${remark === '' ? '' : ` (${remark})`}`;
  const name = named(f);
  if (name.length + 2 > width) return [...wrap(name, 2, 2), ...wrap(words, 2 + width, 0)];
  const [first = '', ...rest] = wrap(words, 2 + width, 0);
  return [`  ${name.padEnd(width)}${first.trimStart()}`, ...rest];
}
