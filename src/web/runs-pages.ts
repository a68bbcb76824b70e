// Runs as pages: what is going on and what was; one run with its phases, what was given up, what could not be read, and the words to turn it.
import type { DeadLetter, PhaseOverview, RunOverview } from '../app/run-ports.js';
import type { RunState } from '../app/store-ports.js';
import type { Fault } from '../domain/faults.js';
import { html, type Markup } from '../report/html/markup.js';
import { page } from '../report/html/page.js';
import { LINKS } from './links.js';

export interface RunView {
  readonly run: RunOverview;
  readonly faults: { readonly total: number; readonly first: readonly Fault[] };
  readonly dead: { readonly total: number; readonly first: readonly DeadLetter[] };
}

export type Turn = 'pause' | 'resume' | 'cancel';

/** What one may do with a run in this state. */
const TURNS: Readonly<Record<RunState, readonly Turn[]>> = {
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  failed: ['cancel'],
  done: [],
  cancelled: [],
};

/** @param active those of the runs that go on or are paused, with their phases */
export function runsPage(
  runs: readonly Omit<RunOverview, 'phases'>[],
  active: readonly RunOverview[],
  dead: number,
): string {
  return page(
    'Runs',
    html`<h1>Runs</h1>
${active.length === 0 && html`<p>Nothing is going on.</p>`}${active.map(activeCard)}
${dead > 0 && html`<p class="danger">Given up, waiting to be tried again: ${number(dead)} ${dead === 1 ? 'piece' : 'pieces'} of work (<code>shipa jobs dead</code>, <code>shipa jobs retry</code>).</p>`}
<h2>Latest</h2>
${runs.length === 0 && html`<p>There was no run yet: <code>shipa pilot</code>, <code>shipa ingest</code>, <code>shipa score</code>.</p>`}
${
  runs.length > 0 &&
  html`<table><tr><th>Run</th><th>Kind</th><th>State</th><th>Last phase</th><th>Begun</th><th>State since</th></tr>
${runs.map(
  (run) =>
    html`<tr><td><a href="${hrefOf(run.id)}">${run.id}</a></td><td>${run.kind}</td><td>${state(run.state)}</td><td>${run.phase}</td><td>${time(run.startedAt)}</td><td>${time(run.updatedAt)}</td></tr>`,
)}</table>`
}`,
    LINKS,
  );
}

const activeCard = (run: RunOverview): Markup =>
  html`<div class="card"><div class="head"><h3><a href="${hrefOf(run.id)}">${run.id}</a></h3>${state(run.state)}</div>
<table>${run.phases.map((phase) => html`<tr><td>${phase.phase}</td><td>${bar(phase)}</td><td>${share(phase)}</td></tr>`)}</table></div>`;

export function runPage({ run, faults, dead }: RunView): string {
  return page(
    run.id,
    html`<h1>${run.id}</h1>
<div class="card"><dl class="facts"><dt>State</dt><dd>${state(run.state)}</dd><dt>Begun</dt><dd>${time(run.startedAt)}</dd>
<dt>Asked for</dt><dd>${run.kind}${Object.entries(run.params).map(([name, value]) => html`, ${name} ${plain(value)}`)}</dd></dl>
${turns(run)}</div>
${run.phases.map(phaseCard)}${deadCard(dead)}${faultCard(faults)}`,
    LINKS,
  );
}

function turns({ id, state: now }: RunOverview): Markup {
  const may = TURNS[now];
  return html`<div class="turns">${may.includes('pause') && turnForm(id, 'pause', 'Pause')}${may.includes('resume') && turnForm(id, 'resume', 'Go on')}
${may.includes('cancel') && html`<p><a href="${hrefOf(id)}/cancel">Cancel ...</a></p>`}</div>`;
}

/** Asked for once more, on a page that stands still: the one of the run asks again by itself. */
export function cancelPage({ id, state: now }: RunOverview): string {
  const may = TURNS[now].includes('cancel');
  return page(
    `Cancel ${id}`,
    html`<h1>Cancel ${id}?</h1>${!may && html`<p>It is ${now}: there is nothing to cancel.</p>`}
${may && html`<p>What is begun is finished and stays, the rest is dropped. The same command begins the rest again.</p>${turnForm(id, 'cancel', 'Cancel this run')}`}
<p><a href="${hrefOf(id)}">Back to the run</a></p>`,
    LINKS,
  );
}

const turnForm = (id: string, turn: Turn, words: string): Markup =>
  html`<form method="post" action="${hrefOf(id)}/${turn}"><button>${words}</button></form>`;

function phaseCard(phase: PhaseOverview): Markup {
  const { chunks } = phase;
  const counts = Object.entries(phase.counts)
    .filter(([, n]) => n > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return html`<div class="card"><div class="head"><h3>${phase.phase}</h3>${bar(phase)}<span>${share(phase)}</span></div>
<p class="soft small">Chunks: ${number(chunks.done)} done, ${number(chunks.pending)} to do${chunks.failed > 0 && html`, <span class="danger">${number(chunks.failed)} given up</span>`}${chunks.split > 0 && `, ${number(chunks.split)} taken apart because workers died of them`}</p>
${counts.length > 0 && html`<table class="counts">${counts.map(([name, n]) => html`<tr><td>${name}</td><td>${number(n)}</td></tr>`)}</table>`}</div>`;
}

const deadCard = ({ total, first }: RunView['dead']): Markup =>
  html`${
    total > 0 &&
    html`<h2>Given up (${number(total)})</h2><p>Tried again by <code>shipa jobs retry</code>.</p><table><tr><th>What</th><th>Patients</th><th>Why</th></tr>
${first.map((letter) => html`<tr><td>${letter.phase} chunk ${letter.ordinal}</td><td>${number(letter.patients)}</td><td>${letter.error}</td></tr>`)}</table>${more(total, first.length)}`
  }`;

const faultCard = ({ total, first }: RunView['faults']): Markup =>
  html`${
    total > 0 &&
    html`<h2>Not readable (${number(total)})</h2><table><tr><th>Where</th><th>Why</th></tr>
${first.map((fault) => html`<tr><td><code>${fault.place}</code></td><td>${fault.message}</td></tr>`)}</table>${more(total, first.length)}`
  }`;

const more = (total: number, shown: number): Markup =>
  html`${total > shown && html`<p class="soft">and ${number(total - shown)} more</p>`}`;

const bar = ({ phase, patients }: PhaseOverview): Markup =>
  html`<progress max="${Math.max(1, patients.total)}" value="${patients.total === 0 ? 1 : patients.done}" aria-label="${phase}"></progress>`;

/** A phase may have nothing to do: then it is done. */
function share({ patients: { done, total } }: PhaseOverview): string {
  return total === 0 ? 'nothing to do' : `${Math.floor((100 * done) / total)} %, ${number(done)} of ${number(total)}`;
}

const state = (now: RunState): Markup => html`<span class="band state-${now}">${now}</span>`;

const hrefOf = (id: string): string => `/runs/${encodeURIComponent(id)}`;
const time = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
const number = (n: number): string => n.toLocaleString('en-US');
const plain = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
