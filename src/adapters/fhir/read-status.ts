// The status of an event: statuses that undo the resource drop it with a trace, unknown words are faults.
import type { Element } from './element.js';

/** The status, undefined when there is none (a warning), or 'dropped'. */
export function checkedStatus(
  element: Element,
  allowed: readonly string[],
  dropped: readonly string[],
): string | 'dropped' | undefined {
  const status = element.code('status')?.toLowerCase();
  if (status === undefined) {
    if (!element.has('status')) element.warn('status', 'is missing; taken as final');
    return undefined;
  }
  if (!allowed.includes(status)) {
    element.fault(
      'status',
      `"${status.slice(0, 40)}" is not a status of ${String(element.fields.resourceType)} in FHIR R4`,
    );
    return undefined;
  }
  if (!dropped.includes(status)) return status;
  element.warn('status', `${status}; left out`);
  return 'dropped';
}
