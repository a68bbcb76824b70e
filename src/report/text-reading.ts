// "Read from the note": each fact beside the words it was read from, what is only suggested, and what was not understood, so that the doctor
// verifies the reading before the options. In the language of the record.
import type { Recommendation } from '../domain/recommendation.js';
import type { ReadFact } from '../domain/text-reading.js';
import { bullets, heading, wrap } from './text-layout.js';

interface Labels {
  readonly title: string;
  readonly medium: string;
  readonly unused: string;
  readonly suggested: string;
  readonly notUnderstood: string;
}

const EN: Labels = {
  title: 'Read from the note (please verify)',
  medium: 'less sure',
  unused: 'not used: something else counts',
  suggested: 'Not used, as the reading is not sure; state it plainly to use it',
  notUnderstood: 'Seen, and nothing read from it',
};
const RU: Labels = {
  title: 'Прочитано в тексте (проверьте)',
  medium: 'не вполне уверенно',
  unused: 'не использовано: учтено другое',
  suggested: 'Не использовано, так как прочитано неуверенно; чтобы учесть, напишите прямо',
  notUnderstood: 'Увидено, но ничего не прочитано',
};
const KK: Labels = {
  title: 'Мәтіннен оқылды (тексеріңіз)',
  medium: 'толық сенімді емес',
  unused: 'қолданылмады: басқасы есепке алынды',
  suggested: 'Сенімсіз оқылғандықтан қолданылмады; есепке алу үшін анық жазыңыз',
  notUnderstood: 'Көрінді, бірақ ештеңе оқылмады',
};

export function readingLines({ reading, asked }: Recommendation): readonly string[] {
  if (reading === undefined) return [];
  const labels = asked?.lang === 'ru' ? RU : asked?.lang === 'kk' ? KK : EN;
  const sure = reading.facts.filter((f) => f.confidence !== 'low');
  const low = reading.facts.filter((f) => f.confidence === 'low');
  const width = Math.min(44, Math.max(0, ...sure.map((f) => named(f).length)) + 2);
  return [
    ...heading(labels.title),
    ...sure.flatMap((f) => factLines(f, width, labels)),
    ...(low.length === 0 ? [] : ['', ...wrap(`${labels.suggested}:`, 2, 2)]),
    ...bullets(low.map((f) => `${named(f)}, "${f.words}"${f.why === undefined ? '' : ` (${f.why})`}`)),
    ...(reading.notUnderstood.length === 0 ? [] : ['', ...wrap(`${labels.notUnderstood}:`, 2, 2)]),
    ...bullets(reading.notUnderstood.map((n) => `"${n.words}"`)),
  ];
}

const named = ({ fact, value }: ReadFact): string => (value === '' ? fact : `${fact}: ${value}`);

/** "diagnosis: Lung Adenocarcinoma   "Аденокарцинома лёгкого" ", wrapped under the words. */
function factLines(f: ReadFact, width: number, labels: Labels): readonly string[] {
  const remark = [
    f.confidence === 'medium' ? `${labels.medium}${f.why === undefined ? '' : `: ${f.why}`}` : '',
    f.used ? '' : labels.unused,
  ]
    .filter((w) => w !== '')
    .join('; ');
  const words = `"${f.words}"${remark === '' ? '' : ` (${remark})`}`;
  const name = named(f);
  if (name.length + 2 > width) return [...wrap(name, 2, 2), ...wrap(words, 2 + width, 0)];
  const [first = '', ...rest] = wrap(words, 2 + width, 0);
  return [`  ${name.padEnd(width)}${first.trimStart()}`, ...rest];
}
