// What was read from a text, beside its words, so that the doctor verifies the reading before the options.
import type { Recommendation } from '../../domain/recommendation.js';
import type { ReadFact } from '../../domain/text-reading.js';
import type { Say } from '../words.js';
import { html, type Markup } from './markup.js';

export function readSection({ reading }: Recommendation, say: Say): Markup | false {
  if (reading === undefined) return false;
  const sure = reading.facts.filter((f) => f.confidence !== 'low');
  const low = reading.facts.filter((f) => f.confidence === 'low');
  return html`<details open><summary>${say('Read from the note (please verify)')}</summary>
<table><tr><th>${say('What was read')}</th><th>${say('In the words')}</th></tr>${sure.map(
    (f) => html`<tr><td>${named(f)}</td><td>${f.words}${remark(f, say)}</td></tr>`,
  )}</table>
${
  low.length > 0 &&
  html`<p>${say('Not used, as the reading is not sure; state it plainly to use it')}:</p><ul>${low.map(
    (f) => html`<li>${named(f)}: ${f.words}${f.why !== undefined && ` (${f.why})`}</li>`,
  )}</ul>`
}
${
  reading.notUnderstood.length > 0 &&
  html`<p>${say('Seen, and nothing read from it')}:</p><ul>${reading.notUnderstood.map((n) => html`<li>${n.words}</li>`)}</ul>`
}</details>`;
}

const named = ({ fact, value }: ReadFact): string => (value === '' ? fact : `${fact}: ${value}`);

function remark({ confidence, used, why }: ReadFact, say: Say): Markup | false {
  const words = [
    ...(confidence === 'medium' ? [[say('less sure'), why].filter(Boolean).join(': ')] : []),
    ...(used ? [] : [say('not used: something else counts')]),
  ];
  return words.length > 0 && html` <span class="soft">(${words.join('; ')})</span>`;
}
