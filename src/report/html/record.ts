// A recommendation record as one readable, self-contained page.
import type { CaseRecord, Option, Recommendation } from '../../domain/recommendation.js';
import { html, type Markup } from './markup.js';
import { optionCard } from './option.js';
import { type Link, page } from './page.js';

export function renderHtml(record: CaseRecord, links: readonly Link[] = []): string {
  if (record.status === 'error')
    return page(
      `${record.case}: not readable`,
      html`<h1>${record.case}: the history could not be read</h1><ul>${record.faults.map((f) => html`<li><code>${f.place}</code>: ${f.message}</li>`)}</ul>`,
      links,
    );
  return page(
    record.case,
    html`${who(record)}${answer(record)}${missing(record)}${excluded(record)}${local(record)}${notes(record)}`,
    links,
  );
}

function who({ patient, asOf, ...record }: Recommendation): Markup {
  const markers = patient.biomarkers.map((b) =>
    [b.name, b.result, b.alteration, b.value && `(${b.value})`].filter(Boolean).join(' '),
  );
  const person = [
    patient.age !== null && `${patient.age} years`,
    patient.sex,
    patient.ecog !== null && `ECOG ${patient.ecog}`,
  ];
  return html`<h1>${patient.cancer?.name ?? 'No cancer found'}${patient.stage !== null && `, stage ${patient.stage}`}</h1>
<div class="card"><dl class="facts">
<dt>Case</dt><dd>${record.case}, as of ${asOf}</dd>
<dt>Patient</dt><dd>${person.filter(Boolean).join(', ') || 'age, sex and performance status not recorded'}</dd>
<dt>Setting</dt><dd>${patient.setting ?? 'not derived'}${patient.line !== null && `, next line ${patient.line}`}</dd>
<dt>Biomarkers</dt><dd>${markers.length > 0 ? markers.join(', ') : 'none recorded'}</dd>
<dt>Treatment so far</dt><dd>${patient.treatments.length > 0 ? html`<ul>${patient.treatments.map((t) => html`<li>${t}</li>`)}</ul>` : 'none recorded'}</dd>
${scores(record.scores)}
</dl></div>`;
}

const scores = (all: Recommendation['scores'] = []): Markup | false =>
  all.length > 0 &&
  html`<dt>Scores</dt><dd><ul>${all.map(
    ({ name, value, means, workings }) =>
      html`<li>${name}: ${value ?? 'open'}${means !== undefined && `, ${means}`} <span class="soft">(${workings})</span></li>`,
  )}</ul></dd>`;

function answer(record: Recommendation): Markup {
  const reason =
    record.reason !== undefined &&
    html`<div class="card stop"><strong>No recommendation</strong> (${record.reason.code}): ${record.reason.message}</div>`;
  return html`${reason}${record.decisions.map((decision) => {
    const options = record.options.filter((o) => o.decision === decision.id);
    const shown = options.filter((o) => o.band !== 'not-recommended' && !o.provisional);
    const open = options.filter((o) => o.provisional);
    const against = options.filter((o) => o.band === 'not-recommended');
    return html`<h2>${decision.question}</h2>${shown.map(optionCard)}${
      shown.length + open.length === 0 && html`<p class="soft">No option is supported.</p>`
    }${provisional(open, shown.length === 0)}${folded('Not recommended here', against)}`;
  })}`;
}

/** Options that wait for a fact stand open when there is nothing else. */
const provisional = (open: readonly Option[], alone: boolean): Markup | false | Markup[] =>
  alone ? open.map(optionCard) : folded('Would be options, depending on what is not known', open);

const folded = (words: string, options: readonly Option[]): Markup | false =>
  options.length > 0 &&
  html`<details><summary>${words}: ${options.map((o) => o.regimen.name).join(', ')}</summary>${options.map(optionCard)}</details>`;

const missing = ({ missing: items }: Recommendation): Markup | false =>
  items.length > 0 &&
  html`<h2>What is not known</h2><table><tr><th>Item</th><th>Why it matters</th></tr>${items.map(
    (m) =>
      html`<tr><td>${m.item}${m.changesFirstOption && html` <strong>(changes the first option)</strong>`}</td><td>${m.why}</td></tr>`,
  )}</table>`;

const excluded = ({ excluded: items }: Recommendation): Markup | false =>
  items.length > 0 &&
  html`<details><summary>Considered and left out (${items.length})</summary><table><tr><th>Treatment</th><th>Because</th></tr>${items.map(
    (e) => html`<tr><td>${e.regimen}</td><td>${e.reasons.join('; ')}</td></tr>`,
  )}</table></details>`;

const local = ({ protocol }: Recommendation): Markup | false =>
  protocol !== undefined &&
  html`<h2>Local protocol: ${protocol.name}</h2>${protocol.note ? html`<p>${protocol.note}</p>` : ''}${
    protocol.changes.length === 0
      ? html`<p class="soft">It changes nothing for this patient.</p>`
      : html`<table><tr><th>Treatment</th><th>Without it</th><th>With it</th><th>Because</th></tr>${protocol.changes.map(
          (c) =>
            html`<tr><td>${c.regimen}</td><td>${standing(c.before)}</td><td>${standing(c.after)}</td><td>${c.reason}</td></tr>`,
        )}</table>`
  }`;

type Standing = NonNullable<Recommendation['protocol']>['changes'][number]['before'];
const standing = ({ band, place }: Standing): string => (place === null ? band : `${band}, place ${place}`);

function notes({ notes: lines, versions }: Recommendation): Markup {
  return html`<h2>Notes</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>
<p class="small soft">Corpus ${versions.corpus.slice(0, 12)}, model ${versions.model}, features ${versions.features.slice(0, 12)}, code ${versions.code}, input ${versions.input.slice(0, 12)}</p>`;
}
