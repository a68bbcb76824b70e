// Procedure -> ProcedureEntry: operations, radiotherapy courses, biopsies. A planned one keeps its status ("preparation").
import type { ProcedureEntry, RawQuantity } from '../../domain/history.js';
import type { Item } from './bundle-index.js';
import { concept, dated, extensionConcept, extensions, quantity } from './datatypes.js';
import type { Element } from './element.js';
import { aboutIds, base, bodySites, type ReadContext, reasons } from './read-context.js';
import { checkedStatus } from './read-status.js';

const STATUSES = 'preparation in-progress not-done on-hold stopped completed entered-in-error unknown'.split(' ');

export function readProcedure(item: Item, context: ReadContext): ProcedureEntry | undefined {
  const { element } = item;
  const status = checkedStatus(element, STATUSES, ['entered-in-error', 'not-done']);
  if (status === 'dropped') return undefined;
  const code = concept(element, 'code');
  if (code === undefined) {
    if (!element.has('code')) element.warn('code', 'is missing; the procedure is left out');
    else if (element.object('code') !== undefined) element.warn('code', 'is empty; the procedure is left out');
    return undefined;
  }
  const category = concept(element, 'category');
  const intent = extensionConcept(element, ['mcode-procedure-intent', 'mcode-treatment-intent']);
  const outcome = concept(element, 'outcome');
  const modality = radiotherapyModality(element);
  const dose = deliveredDose(element);
  return {
    kind: 'procedure',
    ...base(item, status, aboutIds(item, context, ['reasonReference'])),
    ...dated(element, 'performed'),
    code,
    ...(category === undefined ? {} : { category }),
    ...(intent === undefined ? {} : { intent }),
    reasons: reasons(item, context),
    bodySites: bodySites(item, context),
    ...(modality === undefined ? {} : { modality }),
    ...(dose === undefined ? {} : { dose }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

function radiotherapyModality(element: Element): ProcedureEntry['modality'] {
  const nested = extensions(element, 'mcode-radiotherapy-modality-and-technique').flatMap(
    (e) => extensionConcept(e, ['mcode-radiotherapy-modality']) ?? [],
  );
  return nested[0] ?? extensionConcept(element, ['mcode-radiotherapy-modality']);
}

/** The largest total dose to any volume: the boost volume's total where volumes are given apart. */
function deliveredDose(element: Element): RawQuantity | undefined {
  const doses = extensions(element, 'mcode-radiotherapy-dose-delivered-to-volume').flatMap((e) =>
    extensions(e, 'totalDoseDelivered').flatMap((d) => quantity(d, 'valueQuantity') ?? []),
  );
  return doses.reduce<RawQuantity | undefined>(
    (best, dose) => (best === undefined || (dose.unit === best.unit && dose.value > best.value) ? dose : best),
    undefined,
  );
}
