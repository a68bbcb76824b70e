// Condition -> ConditionEntry. What it means (primary, metastasis, comorbidity) is for the core to say, by its codes.
import type { ConditionEntry } from '../../domain/history.js';
import type { Item } from './bundle-index.js';
import { concept, dated, extensionConcept, extensions, statusCode } from './datatypes.js';
import type { Element } from './element.js';
import { aboutIds, base, bodySites, type ReadContext } from './read-context.js';

const VERIFICATION = new Set([
  'unconfirmed',
  'provisional',
  'differential',
  'confirmed',
  'refuted',
  'entered-in-error',
]);
const CLINICAL = new Set(['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved']);

export function readCondition(item: Item, context: ReadContext): ConditionEntry | undefined {
  const { element } = item;
  const verification = known(element, 'verificationStatus', VERIFICATION);
  if (verification === 'entered-in-error') {
    return element.warn('verificationStatus', 'entered in error; left out');
  }
  const code = concept(element, 'code');
  if (code === undefined) {
    // Condition.code is 0..1: a condition that says nothing is nothing, not an error.
    if (!element.has('code')) element.warn('code', 'is missing; the condition is left out');
    else if (element.object('code') !== undefined) element.warn('code', 'is empty; the condition is left out');
    return undefined;
  }
  const clinicalStatus = known(element, 'clinicalStatus', CLINICAL);
  const onset = dated(element, 'onset');
  const [asserted] = extensions(element, 'condition-assertedDate').flatMap((e) => e.date('valueDateTime') ?? []);
  const date = onset.date ?? asserted;
  const end = dated(element, 'abatement').date ?? onset.end;
  const recordedDate = element.date('recordedDate');
  const morphology = extensionConcept(element, ['mcode-histology-morphology-behavior', 'ValueSet']);
  const laterality = extensionConcept(element, ['mcode-laterality', 'mcode-laterality-qualifier']);
  const stages = element.objects('stage').flatMap((s) => concept(s, 'summary') ?? []);
  const primaries = extensions(element, 'mcode-related-primary-cancer-condition')
    .concat(extensions(element, 'mcode-related-condition'), extensions(element, 'condition-related'))
    .flatMap((e) => e.object('valueReference') ?? [])
    .flatMap((r) => context.index.reference(element, r)?.item?.id ?? []);
  return {
    kind: 'condition',
    ...base(item, undefined, [...primaries, ...aboutIds(item, context, [])]),
    code,
    role: role(element),
    ...(clinicalStatus === undefined ? {} : { clinicalStatus }),
    ...(verification === undefined ? {} : { verification }),
    bodySites: bodySites(item, context),
    ...(laterality === undefined ? {} : { laterality }),
    ...(morphology === undefined ? {} : { morphology }),
    stages,
    ...(date === undefined ? {} : { date }),
    ...(end === undefined ? {} : { end }),
    ...(recordedDate === undefined ? {} : { recordedDate }),
  };
}

function known(element: Element, field: string, words: ReadonlySet<string>): string | undefined {
  const code = statusCode(element, field);
  if (code === undefined || words.has(code)) return code;
  return element.warn(field, `"${code.slice(0, 40)}" is not a code of FHIR R4; left out`);
}

/** The profile is a hint only: sources put metastases into the primary profile and send plain FHIR. */
function role(element: Element): ConditionEntry['role'] {
  const meta = element.fields.meta;
  const profiles = typeof meta === 'object' && meta !== null && 'profile' in meta ? JSON.stringify(meta.profile) : '';
  if (profiles.includes('mcode-secondary-cancer-condition')) return 'secondary-cancer';
  return profiles.includes('mcode-primary-cancer-condition') ? 'primary-cancer' : 'unstated';
}
