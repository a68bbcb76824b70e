// A recommendation record as one readable, self-contained page.
import type { CaseRecord, Option, Recommendation } from '../../domain/recommendation.js';
import { type Say, saying, sayWord } from '../words.js';
import { html, type Markup } from './markup.js';
import { optionCard } from './option.js';
import { type Link, page } from './page.js';
import { readSection } from './reading.js';

export function renderHtml(record: CaseRecord, links: readonly Link[] = []): string {
  if (record.status === 'error')
    return page(
      `${record.case}: not readable`,
      html`<h1>${record.case}: the history could not be read</h1><ul>${record.faults.map((f) => html`<li><code>${f.place}</code>: ${f.message}</li>`)}</ul>`,
      links,
    );
  const say = saying(record.asked?.lang);
  return page(
    record.case,
    html`${who(record, say)}${readSection(record, say)}${answer(record, say)}${missing(record, say)}${excluded(record, say)}${local(record, say)}${notes(record, say)}`,
    links,
    record.asked?.lang,
  );
}

function who({ patient, asOf, ...record }: Recommendation, say: Say): Markup {
  const markers = patient.biomarkers.map((b) =>
    [b.name, sayWord(say, b.result), b.alteration, b.value && `(${b.value})`].filter(Boolean).join(' '),
  );
  const person = [
    patient.age !== null && say('{age} years', { age: patient.age }),
    patient.sex !== null && say(patient.sex),
    patient.ecog !== null && `ECOG ${patient.ecog}`,
  ];
  return html`<h1>${patient.cancer?.name ?? say('No cancer found')}${patient.stage !== null && `, ${say('stage {stage}', { stage: patient.stage })}`}</h1>
<div class="card"><dl class="facts">
<dt>${say('Case')}</dt><dd>${say('{name}, as of {date}', { name: record.case, date: asOf })}</dd>
<dt>${say('Patient')}</dt><dd>${person.filter(Boolean).join(', ') || say('age, sex and performance status not recorded')}</dd>
<dt>${say('Setting')}</dt><dd>${patient.settingName ?? patient.setting?.replaceAll('-', ' ') ?? say('not derived')}${patient.line !== null && `, ${say('next line {n}', { n: patient.line })}`}</dd>
<dt>${say('Biomarkers')}</dt><dd>${markers.length > 0 ? markers.join(', ') : say('none recorded')}</dd>
<dt>${say('Treatment so far')}</dt><dd>${patient.treatments.length > 0 ? html`<ul>${patient.treatments.map((t) => html`<li>${t}</li>`)}</ul>` : say('none recorded')}</dd>
${scores(record.scores ?? [], say)}
</dl></div>`;
}

const scores = (all: NonNullable<Recommendation['scores']>, say: Say): Markup | false =>
  all.length > 0 &&
  html`<dt>${say('Scores')}</dt><dd><ul>${all.map(
    ({ name, value, means, workings }) =>
      html`<li>${name}: ${value ?? say('open')}${means !== undefined && `, ${means}`} <span class="soft">(${workings})</span></li>`,
  )}</ul></dd>`;

function answer(record: Recommendation, say: Say): Markup {
  const reason =
    record.reason !== undefined &&
    html`<div class="card stop"><strong>${say('No recommendation')}</strong> (${record.reason.code}): ${record.reason.message}</div>`;
  return html`${reason}${record.decisions.map((decision) => {
    const options = record.options.filter((o) => o.decision === decision.id);
    const shown = options.filter((o) => o.band !== 'not-recommended' && !o.provisional);
    const open = options.filter((o) => o.provisional);
    const against = options.filter((o) => o.band === 'not-recommended');
    return html`<h2>${decision.question}</h2>${shown.map((o) => optionCard(o, say))}${
      shown.length + open.length === 0 && html`<p class="soft">${say('No option is supported.')}</p>`
    }${provisional(open, shown.length === 0, say)}${folded('Not recommended here', against, say)}`;
  })}`;
}

/** Options that wait for a fact stand open when there is nothing else. */
const provisional = (open: readonly Option[], alone: boolean, say: Say): Markup | false | Markup[] =>
  alone ? open.map((o) => optionCard(o, say)) : folded('Would be options, depending on what is not known', open, say);

const folded = (
  words: 'Not recommended here' | 'Would be options, depending on what is not known',
  options: readonly Option[],
  say: Say,
): Markup | false =>
  options.length > 0 &&
  html`<details><summary>${say(words)}: ${options.map((o) => o.regimen.name).join(', ')}</summary>${options.map((o) => optionCard(o, say))}</details>`;

const missing = ({ missing: items }: Recommendation, say: Say): Markup | false =>
  items.length > 0 &&
  html`<h2>${say('What is not known')}</h2><table><tr><th>${say('Item')}</th><th>${say('Why it matters')}</th></tr>${items.map(
    (m) =>
      html`<tr><td>${m.item}${m.changesFirstOption && html` <strong>(${say('changes the first option')})</strong>`}</td><td>${m.why}</td></tr>`,
  )}</table>`;

const excluded = ({ excluded: items }: Recommendation, say: Say): Markup | false =>
  items.length > 0 &&
  html`<details><summary>${say('Considered and left out ({n})', { n: items.length })}</summary><table><tr><th>${say('Treatment')}</th><th>${say('Because')}</th></tr>${items.map(
    (e) => html`<tr><td>${e.regimen}</td><td>${e.reasons.join('; ')}</td></tr>`,
  )}</table></details>`;

const local = ({ protocol }: Recommendation, say: Say): Markup | false =>
  protocol !== undefined &&
  html`<h2>${say('Local protocol: {name}', { name: protocol.name })}</h2>${protocol.note ? html`<p>${protocol.note}</p>` : ''}${
    protocol.changes.length === 0
      ? html`<p class="soft">${say('It changes nothing for this patient.')}</p>`
      : html`<table><tr><th>${say('Treatment')}</th><th>${say('Without it')}</th><th>${say('With it')}</th><th>${say('Because')}</th></tr>${protocol.changes.map(
          (c) =>
            html`<tr><td>${c.regimen}</td><td>${standing(c.before, say)}</td><td>${standing(c.after, say)}</td><td>${c.reason}</td></tr>`,
        )}</table>`
  }`;

type Standing = NonNullable<Recommendation['protocol']>['changes'][number]['before'];
const standing = ({ band, place }: Standing, say: Say): string =>
  place === null ? sayWord(say, band) : say('{band}, place {place}', { band: sayWord(say, band), place });

function notes({ notes: lines, versions }: Recommendation, say: Say): Markup {
  const { corpus, model, features, code, input } = versions;
  const words = say('corpus {corpus}, model {model}, features {features}, code {code}, input {input}', {
    corpus: corpus.slice(0, 12),
    model,
    features: features.slice(0, 12),
    code,
    input: input.slice(0, 12),
  });
  return html`<h2>${say('Notes')}</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>
<p class="small soft">${say('Versions')}: ${words}</p>`;
}
