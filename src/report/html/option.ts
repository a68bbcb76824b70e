// One option of the record, as the doctor reads it: what, how sure, how much it helps and harms, what to mind, on which evidence.
import type { EvidenceItem, Option } from '../../domain/recommendation.js';
import { prognosisInWords } from '../prognosis-words.js';
import { type Say, sayWord } from '../words.js';
import { html, type Markup } from './markup.js';

export function optionCard(option: Option, say: Say): Markup {
  const { regimen } = option;
  return html`<section class="card option ${option.band}" id="${option.indication}">
<div class="head"><span class="rank">${option.rank === null ? '-' : `${option.rank}.`}</span><h3>${regimen.name}</h3>
<span class="band">${capital(sayWord(say, option.band))}${option.provisional && `, ${say('provisional')}`}</span>
<span class="soft small">${sayWord(say, option.preference)}, ${sayWord(say, option.strength)}${option.certainty !== null && `, ${say('certainty')} ${sayWord(say, option.certainty)}`}</span></div>
<p>${option.rationale}</p>${option.trial !== undefined && trial(option.trial, say)}
${option.because.length > 0 && html`<p class="small">${option.because.join('; ')}</p>`}
<dl class="facts">
${regimen.drugs.length > 0 && html`<dt>${say('Drugs')}</dt><dd>${regimen.drugs.join(' + ')}</dd>`}
${option.benefit !== null && html`<dt>${say('Benefit')}</dt><dd>${benefit(option.benefit, say)}</dd>`}
${option.prognosis !== undefined && html`<dt>${say('Prognosis')}</dt><dd>${prognosisInWords(option.prognosis)}</dd>`}
${option.harm.grade3Plus !== null && html`<dt>${say('Harm')}</dt><dd>${say('{share} with an adverse event of grade 3 or more', { share: percent(option.harm.grade3Plus) })}</dd>`}
${option.beforeFirstDose.length > 0 && html`<dt>${say('Before the first dose')}</dt><dd>${option.beforeFirstDose.join(', ')}</dd>`}
${option.care !== undefined && care(option.care, say)}
</dl>
${safety(option, say)}${option.evidence.length > 0 && evidence(option.evidence, say)}
<details><summary>${say('Criteria and arithmetic')}</summary>
<table><tr><th>${say('Criterion')}</th><th>${say('State')}</th><th>${say('Fact')}</th></tr>${option.criteria.map(
    (c) =>
      html`<tr><td>${c.text}</td><td>${sayWord(say, c.state)}</td><td>${c.fact ?? ''} ${c.source !== undefined && html`<span class="soft">(${c.source})</span>`}</td></tr>`,
  )}</table>
${
  option.explanation.length > 0 &&
  html`<p class="small">${say('Utility')} ${number(option.utility)} = ${option.explanation.map((e) => `${e.factor} ${signed(e.effect)}`).join(', ')}</p>`
}
${option.says.length > 0 && html`<p class="small">${say('Says so')}: ${option.says.join('; ')}</p>`}</details></section>`;
}

const care = (
  { mechanisms, monitoring, vomiting, febrileNeutropenia }: NonNullable<Option['care']>,
  say: Say,
): Markup =>
  html`${monitoring.length > 0 && html`<dt>${say('Watch')}</dt><dd>${monitoring.join('; ')}</dd>`}
${vomiting !== null && html`<dt>${say('Risk of vomiting')}</dt><dd>${[sayWord(say, vomiting.risk), vomiting.advice].filter(Boolean).join(': ')}</dd>`}
${febrileNeutropenia !== null && html`<dt>${say('Febrile neutropenia')}</dt><dd>${[sayWord(say, febrileNeutropenia.risk), febrileNeutropenia.advice].filter(Boolean).join(': ')}${!febrileNeutropenia.verified && ` (${say('risk not verified')})`}</dd>`}
${mechanisms.length > 0 && html`<dt>${say('How it works')}</dt><dd>${mechanisms.map(({ drug, text }) => `${drug}: ${text}`).join('; ')}</dd>`}`;

/** An experiment is called one, with what only a person can check. */
const trial = ({ nct, phase, status, countries, updated, toCheck }: NonNullable<Option['trial']>, say: Say): Markup =>
  html`<p><strong>${say('Clinical trial {nct}', { nct })}</strong>, ${phase}, ${status}, ${countries.join(', ') || say('no sites named')}, ${say('registry as of {date}', { date: updated ?? say('unknown') })}.
${say('An experiment, not a standard treatment.')}</p>${
    toCheck.length > 0 &&
    html`<details><summary>${say('Conditions to check by hand ({n})', { n: toCheck.length })}</summary><ul>${toCheck.map((line) => html`<li>${line}</li>`)}</ul></details>`
  }`;

function benefit(b: NonNullable<Option['benefit']>, say: Say): string {
  const survival = (['12', '24', '60'] as const)
    .flatMap((m) =>
      b.survival[m] === null ? [] : [say('{share} at {months} months', { share: percent(b.survival[m]), months: m })],
    )
    .join(', ');
  const gain =
    b.gainMonths === null
      ? say('no comparable figure')
      : say('{gain} months of {outcome} within {horizon} months against {comparator}', {
          gain: signed(b.gainMonths),
          outcome: b.outcome,
          horizon: b.horizonMonths,
          comparator: b.comparator,
        }) +
        (b.low === null || b.high === null
          ? ''
          : say(' (90 % interval {low} to {high})', { low: signed(b.low), high: signed(b.high) }));
  const best =
    b.probabilityBest === null
      ? ''
      : `; ${say('best of the comparable options with probability {share}', { share: percent(b.probabilityBest) })}`;
  return `${gain}${best}${survival === '' ? '' : `. ${b.outcome}: ${survival}`}`;
}

function safety(option: Option, say: Say): Markup | false {
  const findings = option.safety.filter((f) => f.verdict !== 'clear');
  return (
    findings.length > 0 &&
    html`<ul>${findings.map(
      (f) =>
        html`<li><span class="${f.verdict === 'contraindicated' && 'danger'}">${sayWord(say, f.verdict)}</span>: ${f.message} <span class="soft small">[${f.rule}: ${f.sources.join('; ')}]</span></li>`,
    )}</ul>`
  );
}

function evidence(items: readonly EvidenceItem[], say: Say): Markup {
  return html`<table><tr><th>${say('Study')}</th><th>${say('Outcome')}</th><th>${say('Effect')}</th><th>${say('Where')}</th></tr>${items.map(
    (e) =>
      html`<tr><td>${e.study} ${e.year}</td><td>${e.outcome ?? ''}</td><td>${e.effect ?? ''}</td><td>${e.journal}${identifiers(e)}${!e.verified && html` <span class="soft">(${say('citation not yet verified')})</span>`}</td></tr>`,
  )}</table>`;
}

function identifiers(e: EvidenceItem): Markup {
  return html`${e.pmid !== null && html`, <a href="https://pubmed.ncbi.nlm.nih.gov/${e.pmid}/" rel="noreferrer">PMID ${e.pmid}</a>`}${e.nct !== null && html`, <a href="https://clinicaltrials.gov/study/${e.nct}" rel="noreferrer">${e.nct}</a>`}`;
}

const percent = (p: number | null): string => (p === null ? '?' : `${Math.round(p * 100)} %`);
const number = (x: number | null): string => (x === null ? 'not known' : x.toFixed(2));
const signed = (x: number): string => `${x < 0 ? '-' : '+'}${Math.abs(x).toFixed(Math.abs(x) < 1 ? 2 : 1)}`;
const capital = (words: string): string => `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`;
