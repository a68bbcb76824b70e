// Observation -> ObservationEntry, with components, reference range and whatever value[x] it has.
import type { Concept, ObservationEntry } from '../../domain/history.js';
import type { Item } from './bundle-index.js';
import { concept, dated, interpretations, quantity, value } from './datatypes.js';
import type { Element } from './element.js';
import { aboutIds, base, bodySites, type ReadContext } from './read-context.js';
import { checkedStatus } from './read-status.js';

const STATUSES = [
  'registered',
  'preliminary',
  'final',
  'amended',
  'corrected',
  'cancelled',
  'entered-in-error',
  'unknown',
];

export function readObservation(item: Item, context: ReadContext): ObservationEntry | undefined {
  const { element } = item;
  const status = checkedStatus(element, STATUSES, ['entered-in-error', 'cancelled']);
  if (status === 'dropped') return undefined;
  const code = concept(element, 'code');
  if (code === undefined) {
    if (!element.has('code') || element.object('code') !== undefined)
      element.fault('code', 'is missing: what was observed is not said');
    return undefined;
  }
  const [site] = bodySites(item, context);
  const method = concept(element, 'method');
  const specimen = specimenOf(item, context);
  const range = referenceRange(element);
  const effective = dated(element, 'effective');
  const issued = effective.date === undefined ? element.date('issued') : undefined;
  return {
    kind: 'observation',
    ...base(item, status, aboutIds(item, context, ['focus'])),
    code,
    ...value(element),
    interpretations: interpretations(element),
    ...(method === undefined ? {} : { method }),
    ...(specimen === undefined ? {} : { specimen }),
    ...(site === undefined ? {} : { bodySite: site }),
    ...(range === undefined ? {} : { referenceRange: range }),
    components: element.objects('component').flatMap(component),
    ...(issued === undefined ? {} : { date: issued }),
    ...effective,
  };
}

function component(element: Element): ObservationEntry['components'] {
  const code = concept(element, 'code');
  if (code === undefined) {
    if (!element.has('code')) element.warn('code', 'is missing; the component is left out');
    return [];
  }
  return [{ code, ...value(element), interpretations: interpretations(element) }];
}

/** The range of healthy people: the one called normal, else the first that is not for a special group. */
function referenceRange(element: Element): ObservationEntry['referenceRange'] | undefined {
  const ranges = element.objects('referenceRange');
  const chosen =
    ranges.find((r) => JSON.stringify(r.fields.type ?? '').includes('"normal"')) ??
    ranges.find((r) => !r.has('type') && !r.has('appliesTo') && !r.has('age')) ??
    ranges[0];
  if (chosen === undefined) return undefined;
  const low = quantity(chosen, 'low');
  const high = quantity(chosen, 'high');
  if (low === undefined && high === undefined) return undefined;
  return { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
}

/** Where the specimen was taken, else what it is. */
function specimenOf(item: Item, context: ReadContext): Concept | undefined {
  const reference = item.element.object('specimen');
  const target = reference && context.index.reference(item.element, reference);
  const specimen = target?.item?.element ?? target?.contained;
  if (specimen === undefined) return undefined;
  const collection = specimen.object('collection');
  return (collection && concept(collection, 'bodySite')) ?? concept(specimen, 'type');
}
