// The plain pages around the record: list of patients, a form to try a Bundle, and what to do when not signed in.
import type { CohortSummary, PatientRow } from '../app/store-ports.js';
import type { Fault } from '../domain/faults.js';
import { html, type Markup } from '../report/html/markup.js';
import { page } from '../report/html/page.js';
import { LANGUAGES, LINKS } from './links.js';

export interface ListQuery {
  readonly cancer?: string | undefined;
  readonly stage?: string | undefined;
  readonly band?: string | undefined;
  readonly status?: string | undefined;
  readonly region?: string | undefined;
  readonly limit: number;
}

export interface PatientsView {
  readonly patients: readonly PatientRow[];
  readonly next: number | null;
  readonly summary: CohortSummary;
  readonly cancers: readonly { readonly id: string; readonly name: string }[];
  readonly query: ListQuery;
}

const BANDS = ['recommended', 'consider', 'not-recommended'];
const STATUSES = ['ranked', 'abstained', 'error'];

export function patientsPage({ patients, next, summary, cancers, query }: PatientsView): string {
  const abstained = summary.abstained.reduce((sum, a) => sum + a.patients, 0);
  return page(
    'Patients',
    html`<h1>Patients</h1>
<p>${number(summary.patients)} patients, ${number(summary.scored)} scored: ${number(summary.ranked)} with ranked options, ${number(abstained)} abstained.</p>
<form class="filters" method="get" action="/">
${select(
  'cancer',
  query.cancer,
  cancers.map((c) => [c.id, c.name]),
)}
<label>Stage <input name="stage" size="5" value="${query.stage ?? ''}"></label>
${select(
  'band',
  query.band,
  BANDS.map((b) => [b, b]),
)}
${select(
  'status',
  query.status,
  STATUSES.map((s) => [s, s]),
)}
<label>Region <input name="region" size="14" value="${query.region ?? ''}"></label>
<button>Show</button></form>
<table><tr><th>Patient</th><th>Cancer</th><th>Stage</th><th>Setting</th><th>Age</th><th>Sex</th><th>Region</th><th>First option</th></tr>
${patients.map(row)}</table>
${patients.length === 0 && html`<p>No patient fits.</p>`}
${next !== null && html`<p><a href="/?${nextQuery(query, next)}">Next page</a></p>`}`,
    LINKS,
  );
}

const row = (patient: PatientRow): Markup =>
  html`<tr><td><a href="/patients/${encodeURIComponent(patient.id)}">${patient.id}</a></td><td>${patient.cancerName}</td><td>${patient.stage}</td>
<td>${patient.setting}</td><td>${patient.age}</td><td>${patient.sex}</td><td>${patient.region}</td><td>${first(patient)}</td></tr>`;

function first({ status, regimenName, band, reason }: PatientRow): string {
  if (status === null) return 'not scored yet';
  if (status === 'abstained') return `no recommendation: ${reason ?? ''}`;
  if (status === 'error') return 'not readable';
  return `${regimenName ?? ''} (${band ?? ''})`;
}

const select = (name: string, chosen: string | undefined, values: readonly (readonly [string, string])[]): Markup =>
  html`<label>${name[0]?.toUpperCase()}${name.slice(1)} <select name="${name}"><option value="">any</option>${values.map(
    ([id, words]) =>
      id === chosen
        ? html`<option value="${id}" selected>${words}</option>`
        : html`<option value="${id}">${words}</option>`,
  )}</select></label>`;

function nextQuery(query: ListQuery, next: number): string {
  const kept = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return new URLSearchParams([...kept.filter(([name]) => name !== 'cursor'), ['cursor', String(next)]] as [
    string,
    string,
  ][]).toString();
}

const number = (n: number): string => n.toLocaleString('en-US');

export interface Tried {
  readonly text: string;
  readonly lang: string;
  readonly faults: readonly Fault[];
}

export function tryPage({ text, lang, faults }: Tried): string {
  return page(
    'Try a case',
    html`<h1>Try a case</h1>
<p>Paste a note, a letter or a question in English or Russian, or a FHIR R4 Bundle of one patient. It is answered and not stored.</p>
${faults.length > 0 && html`<div class="card stop"><strong>It cannot be read:</strong><ul>${faults.map((f) => html`<li><code>${f.place}</code>: ${f.message}</li>`)}</ul></div>`}
<form method="post" action="/try"><p><textarea name="text" rows="24" style="width:100%" spellcheck="false">${text}</textarea></p>
<label>Answer in <select name="lang">${LANGUAGES.map(({ id, words }) =>
      id === lang
        ? html`<option value="${id}" selected>${words}</option>`
        : html`<option value="${id}">${words}</option>`,
    )}</select></label>
<button>Recommend</button></form>`,
    LINKS,
  );
}

export function signInPage(): string {
  return page(
    'Sign in',
    html`<h1>Sign in</h1>
<p>Stored patients are shown after sign-in. Open the link that <code>shipa serve</code> printed when it started (it ends in
<code>/?token=...</code>). <a href="/try">Trying a case</a> needs no sign-in on this computer.</p>`,
  );
}
