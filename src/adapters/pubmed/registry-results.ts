// Posted results of ClinicalTrials.gov JSON -> prose that the reader of abstracts understands: one sentence a measure and an analysis.
import type { LiteratureDocument } from '../../domain/literature.js';

type Json = Record<string, unknown>;
const object = (v: unknown): Json => (typeof v === 'object' && v !== null && !Array.isArray(v) ? (v as Json) : {});
const list = (v: unknown): Json[] => (Array.isArray(v) ? v.map(object) : []);
const words = (v: unknown): string => (typeof v === 'string' ? v.replace(/\s+/g, ' ').trim() : '');

/** Undefined when it is no study of the registry. */
export function registryDocument(document: string, json: unknown): LiteratureDocument | undefined {
  const protocol = object(object(json).protocolSection);
  const id = object(protocol.identificationModule);
  const nct = words(id.nctId);
  if (!/^NCT\d{8}$/.test(nct)) return undefined;
  const title = words(id.officialTitle) || words(id.briefTitle);
  const results = object(object(json).resultsSection);
  const measures = list(object(results.outcomeMeasuresModule).outcomeMeasures).flatMap(measureSentences);
  const text = `${title}\n${measures.join('\n')}`;
  return {
    document: `${document}#${nct}`,
    pmid: null,
    text,
    titleLength: title.length,
    publicationTypes: [],
    registry: [nct],
    faults: measures.length === 0 ? [{ place: `${document}#${nct}`, message: 'the study has no posted results' }] : [],
  };
}

function measureSentences(measure: Json): string[] {
  const title = words(measure.title);
  const groups = new Map(list(measure.groups).map((g) => [words(g.id), words(g.title)]));
  const kind = words(measure.paramType).toLowerCase();
  const unit = words(measure.unitOfMeasure).toLowerCase();
  const percent = /percent/.test(unit);
  const figures = list(measure.classes)
    .flatMap((c) => list(c.categories))
    .flatMap((c) => list(c.measurements))
    .flatMap((m) =>
      /^-?[\d.]+$/.test(words(m.value))
        ? [
            `${words(m.value)}${percent ? '%' : ` ${unit}`}${limits(m, measure)} in the ${groups.get(words(m.groupId)) ?? 'one'} group`,
          ]
        : [],
    );
  const told =
    figures.length > 0 && (kind.includes('median') || percent)
      ? [`${kind.includes('median') ? 'Median ' : ''}${title} was ${figures.join(' and ')}.`]
      : [];
  return [...told, ...list(measure.analyses).flatMap((a) => analysisSentence(a, title))];
}

function limits(m: Json, measure: Json): string {
  const [low, high] = [words(m.lowerLimit), words(m.upperLimit)];
  const level = /(\d+)/.exec(words(measure.dispersionType))?.[1];
  return low !== '' && high !== '' && /confidence/i.test(words(measure.dispersionType))
    ? ` (${level ?? '95'}% CI, ${low} to ${high === 'NA' ? 'not reached' : high})`
    : '';
}

function analysisSentence(analysis: Json, title: string): string[] {
  const kind = words(analysis.paramType)
    .replace(/\s*\([^)]*\)/g, '')
    .replace(/,.*$/, '');
  const value = words(analysis.paramValue);
  if (!/ratio|risk|difference/i.test(kind) || value === '') return [];
  const level = words(analysis.ciPctValue) || '95';
  const [low, high] = [words(analysis.ciLowerLimit), words(analysis.ciUpperLimit)];
  const p = words(analysis.pValue);
  const inside = [
    ...(low !== '' && high !== '' ? [`${level}% CI, ${low} to ${high}`] : []),
    ...(p === '' ? [] : [`P${/^[<>]/.test(p) ? '' : '='}${p}`]),
  ];
  return [`The ${kind.toLowerCase()} for ${title} was ${value}${inside.length > 0 ? ` (${inside.join('; ')})` : ''}.`];
}
