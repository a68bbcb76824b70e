// AllergyIntolerance -> AllergyEntry.
import type { AllergyEntry } from '../../domain/history.js';
import type { Item } from './bundle-index.js';
import { concept, concepts, dated, statusCode } from './datatypes.js';
import { base } from './read-context.js';

export function readAllergy(item: Item): AllergyEntry | undefined {
  const { element } = item;
  const verification = statusCode(element, 'verificationStatus');
  if (verification === 'entered-in-error' || verification === 'refuted') {
    return element.warn('verificationStatus', `${verification}; left out`);
  }
  const clinical = statusCode(element, 'clinicalStatus');
  const reactions = element.objects('reaction');
  const substances = reactions.flatMap((r) => concept(r, 'substance') ?? []);
  const code = concept(element, 'code') ?? substances[0];
  if (code === undefined) {
    if (!element.has('code')) element.warn('code', 'is missing; the allergy is left out');
    else if (element.object('code') !== undefined) element.warn('code', 'is empty; the allergy is left out');
    return undefined;
  }
  const criticality = element.code('criticality')?.toLowerCase();
  const severities = reactions.flatMap((r) => r.code('severity')?.toLowerCase() ?? []);
  const severity = criticality === 'high' || severities.includes('severe') ? 'severe' : (severities[0] ?? criticality);
  const date = dated(element, 'onset').date ?? element.date('recordedDate');
  return {
    kind: 'allergy',
    ...base(item, clinical, []),
    code,
    reactions: reactions.flatMap((r) => concepts(r, 'manifestation')),
    ...(severity === undefined ? {} : { severity }),
    ...(date === undefined ? {} : { date }),
  };
}
