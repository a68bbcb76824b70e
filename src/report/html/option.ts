// One option of the record, as the doctor reads it: what, how sure, how much it helps and harms, what to mind, on which evidence.
import type { EvidenceItem, Option } from '../../domain/recommendation.js';
import { prognosisInWords } from '../prognosis-words.js';
import { html, type Markup } from './markup.js';

const BAND: Readonly<Record<Option['band'], string>> = {
  recommended: 'Recommended',
  consider: 'Consider',
  'not-recommended': 'Not recommended',
};

const STATE = { met: 'met', 'not-met': 'not met', unknown: 'unknown' } as const;

export function optionCard(option: Option): Markup {
  const { regimen } = option;
  return html`<section class="card option ${option.band}" id="${option.indication}">
<div class="head"><span class="rank">${option.rank === null ? '-' : `${option.rank}.`}</span><h3>${regimen.name}</h3>
<span class="band">${BAND[option.band]}${option.provisional && ', provisional'}</span>
<span class="soft small">${option.preference}, ${option.strength}${option.certainty !== null && `, certainty ${option.certainty}`}</span></div>
<p>${option.rationale}</p>${option.trial !== undefined && trial(option.trial)}
${option.because.length > 0 && html`<p class="small">${option.because.join('; ')}</p>`}
<dl class="facts">
${regimen.drugs.length > 0 && html`<dt>Drugs</dt><dd>${regimen.drugs.join(' + ')}</dd>`}
${option.benefit !== null && html`<dt>Benefit</dt><dd>${benefit(option.benefit)}</dd>`}
${option.prognosis !== undefined && html`<dt>Prognosis</dt><dd>${prognosisInWords(option.prognosis)}</dd>`}
${option.harm.grade3Plus !== null && html`<dt>Harm</dt><dd>${percent(option.harm.grade3Plus)} with an adverse event of grade 3 or more</dd>`}
${option.beforeFirstDose.length > 0 && html`<dt>Before the first dose</dt><dd>${option.beforeFirstDose.join(', ')}</dd>`}
${option.care !== undefined && care(option.care)}
</dl>
${safety(option)}${option.evidence.length > 0 && evidence(option.evidence)}
<details><summary>Criteria and arithmetic</summary>
<table><tr><th>Criterion</th><th>State</th><th>Fact</th></tr>${option.criteria.map(
    (c) =>
      html`<tr><td>${c.text}</td><td>${STATE[c.state]}</td><td>${c.fact ?? ''} ${c.source !== undefined && html`<span class="soft">(${c.source})</span>`}</td></tr>`,
  )}</table>
${
  option.explanation.length > 0 &&
  html`<p class="small">Utility ${number(option.utility)} = ${option.explanation.map((e) => `${e.factor} ${signed(e.effect)}`).join(', ')}</p>`
}
${option.says.length > 0 && html`<p class="small">Says so: ${option.says.join('; ')}</p>`}</details></section>`;
}

const care = ({ mechanisms, monitoring, vomiting, febrileNeutropenia }: NonNullable<Option['care']>): Markup =>
  html`${monitoring.length > 0 && html`<dt>Watch</dt><dd>${monitoring.join('; ')}</dd>`}
${vomiting !== null && html`<dt>Risk of vomiting</dt><dd>${[vomiting.risk, vomiting.advice].filter(Boolean).join(': ')}</dd>`}
${febrileNeutropenia !== null && html`<dt>Febrile neutropenia</dt><dd>${[febrileNeutropenia.risk, febrileNeutropenia.advice].filter(Boolean).join(': ')}${!febrileNeutropenia.verified && ' (risk not verified)'}</dd>`}
${mechanisms.length > 0 && html`<dt>How it works</dt><dd>${mechanisms.map(({ drug, text }) => `${drug}: ${text}`).join('; ')}</dd>`}`;

/** An experiment is called one, with what only a person can check. */
const trial = ({ nct, phase, status, countries, updated, toCheck }: NonNullable<Option['trial']>): Markup =>
  html`<p><strong>Clinical trial ${nct}</strong>, ${phase}, ${status}, ${countries.join(', ') || 'no sites named'}, registry as of ${updated ?? 'unknown'}.
An experiment, not a standard treatment.</p>${
    toCheck.length > 0 &&
    html`<details><summary>Conditions to check by hand (${toCheck.length})</summary><ul>${toCheck.map((line) => html`<li>${line}</li>`)}</ul></details>`
  }`;

function benefit(b: NonNullable<Option['benefit']>): string {
  const survival = (['12', '24', '60'] as const)
    .flatMap((m) => (b.survival[m] === null ? [] : [`${percent(b.survival[m])} at ${m} months`]))
    .join(', ');
  const gain =
    b.gainMonths === null
      ? 'no comparable figure'
      : `${signed(b.gainMonths)} months of ${b.outcome} within ${b.horizonMonths} months against ${b.comparator}` +
        (b.low === null || b.high === null ? '' : ` (90 % interval ${signed(b.low)} to ${signed(b.high)})`);
  const best =
    b.probabilityBest === null ? '' : `; best of the comparable options with probability ${percent(b.probabilityBest)}`;
  return `${gain}${best}${survival === '' ? '' : `. ${b.outcome}: ${survival}`}`;
}

function safety(option: Option): Markup | false {
  const findings = option.safety.filter((f) => f.verdict !== 'clear');
  return (
    findings.length > 0 &&
    html`<ul>${findings.map(
      (f) =>
        html`<li><span class="${f.verdict === 'contraindicated' && 'danger'}">${f.verdict}</span>: ${f.message} <span class="soft small">[${f.rule}: ${f.sources.join('; ')}]</span></li>`,
    )}</ul>`
  );
}

function evidence(items: readonly EvidenceItem[]): Markup {
  return html`<table><tr><th>Study</th><th>Outcome</th><th>Effect</th><th>Where</th></tr>${items.map(
    (e) =>
      html`<tr><td>${e.study} ${e.year}</td><td>${e.outcome ?? ''}</td><td>${e.effect ?? ''}</td><td>${e.journal}${identifiers(e)}${!e.verified && html` <span class="soft">(citation not yet verified)</span>`}</td></tr>`,
  )}</table>`;
}

function identifiers(e: EvidenceItem): Markup {
  return html`${e.pmid !== null && html`, <a href="https://pubmed.ncbi.nlm.nih.gov/${e.pmid}/" rel="noreferrer">PMID ${e.pmid}</a>`}${e.nct !== null && html`, <a href="https://clinicaltrials.gov/study/${e.nct}" rel="noreferrer">${e.nct}</a>`}`;
}

const percent = (p: number | null): string => (p === null ? '?' : `${Math.round(p * 100)} %`);
const number = (x: number | null): string => (x === null ? 'not known' : x.toFixed(2));
const signed = (x: number): string => `${x < 0 ? '-' : '+'}${Math.abs(x).toFixed(Math.abs(x) < 1 ? 2 : 1)}`;
