// DiagnosticReport -> ReportEntry: its conclusion, coded and in words. Attachments: read-texts.
import type { ReportEntry } from '../../domain/history.js';
import type { Item } from './bundle-index.js';
import { concept, concepts, dated } from './datatypes.js';
import { base } from './read-context.js';
import { checkedStatus } from './read-status.js';

const STATUSES =
  'registered partial preliminary final amended corrected appended cancelled entered-in-error unknown'.split(' ');

export function readReport(item: Item): ReportEntry | undefined {
  const { element } = item;
  const status = checkedStatus(element, STATUSES, ['entered-in-error', 'cancelled']);
  if (status === 'dropped') return undefined;
  const code = concept(element, 'code');
  const text = element.text('conclusion');
  const conclusions = concepts(element, 'conclusionCode');
  if (code === undefined) {
    if (!element.has('code')) element.warn('code', 'is missing; the report is left out');
    return undefined;
  }
  return {
    kind: 'report',
    ...base(item, status, []),
    ...dated(element, 'effective'),
    code,
    conclusions,
    ...(text === undefined ? {} : { text }),
  };
}
