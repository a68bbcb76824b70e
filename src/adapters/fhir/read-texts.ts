// Prose inside a Bundle -> documents for the reader of clinical text: attachments given inline, conclusions of reports, sections of a
// Composition. What is not plain text, or only a link, is said and not read. https://hl7.org/fhir/R4/documentreference.html
import type { ClinicalDocument } from '../../domain/note.js';
import type { PartialDate } from '../../domain/partial-date.js';
import type { Item } from './bundle-index.js';
import { dated } from './datatypes.js';
import type { Element } from './element.js';

const CARRIERS: ReadonlySet<string> = new Set(['DocumentReference', 'DiagnosticReport', 'Composition']);
/** Resources that are read by their fields and may hold prose beside them. */
const WITH_NOTES: ReadonlySet<string> = new Set(['Observation', 'Condition']);
export const holdsText = (type: string): boolean => CARRIERS.has(type);

/** What inline-pdf puts in the place of a PDF that could not be read; its data say why. */
export const PDF_FAULT = 'text/x-pdf-fault';

/** Cheap to ask of every resource: most hold none. */
export const hasNotes = ({ type, element: { fields } }: Item): boolean =>
  WITH_NOTES.has(type) && (fields.note !== undefined || typeof fields.valueString === 'string');

const VOID = /^(?:entered-in-error|cancelled|superseded)$/;
const MOST_CHARACTERS = 200_000;

export function readTexts(item: Item): readonly ClinicalDocument[] {
  const { element, type } = item;
  if (hasNotes(item)) return noteTexts(item);
  if (!holdsText(type) || VOID.test(element.text('status') ?? '') || VOID.test(element.text('docStatus') ?? ''))
    return [];
  const date = type === 'DiagnosticReport' ? dated(element, 'effective').date : element.date('date');
  const texts =
    type === 'Composition'
      ? element.objects('section').flatMap(sectionTexts)
      : type === 'DocumentReference'
        ? element.objects('content').flatMap((c) => attachmentText(c.object('attachment')))
        : [element.text('conclusion') ?? [], element.objects('presentedForm').map(attachmentText)].flat(2);
  return texts
    .filter((text) => text.trim() !== '')
    .map((text, i) => document(`${item.id}${i === 0 ? '' : `#${i + 1}`}`, text, date));
}

/** A few words qualify the entry itself and are read with it; a sentence is prose. */
const FEWEST_WORDS = 6;
const isProse = (text: string): boolean => (text.match(/\p{L}{2,}/gu) ?? []).length >= FEWEST_WORDS;

/** Annotations and results in words of an Observation or a Condition that is believed, each under the name of what it is of. */
function noteTexts({ element, type, id }: Item): readonly ClinicalDocument[] {
  // Quietly: the fields themselves are read, and their faults told, elsewhere.
  const { fields } = element;
  if (
    VOID.test(element.text('status') ?? '') ||
    /entered-in-error|refuted/.test(JSON.stringify(fields.verificationStatus ?? ''))
  )
    return [];
  const day = type === 'Observation' ? dated(element, 'effective').date : element.date('recordedDate');
  const name = element.object('code')?.text('text');
  const own = typeof fields.valueString === 'string' ? [{ text: fields.valueString, time: day }] : [];
  const notes = element.objects('note').map((n) => ({ text: n.text('text') ?? '', time: n.date('time') ?? day }));
  return [...own, ...notes]
    .filter((n) => isProse(n.text) && n.text.length <= MOST_CHARACTERS)
    .map((n, i) =>
      document(`${id}/note${i === 0 ? '' : `#${i + 1}`}`, name === undefined ? n.text : `${name}: ${n.text}`, n.time),
    );
}

const document = (id: string, text: string, date: PartialDate | undefined): ClinicalDocument => ({
  id,
  text,
  ...(date === undefined ? {} : { date }),
});

function attachmentText(attachment: Element | undefined): readonly string[] {
  if (attachment === undefined) return [];
  const type = attachment.text('contentType') ?? 'a kind that is not told';
  const data = attachment.text('data');
  const left = (why: string): readonly string[] => {
    attachment.warn(data === undefined ? 'url' : 'data', why);
    return [];
  };
  if (type === PDF_FAULT) return left(`the PDF is not read: ${decoded(data ?? '') ?? ''}`);
  if (data === undefined) return left('the text is not in the Bundle; not read');
  if (!/^text\/(?:plain|html|markdown)/i.test(type)) return left(`an attachment of ${type.slice(0, 60)} is not read`);
  const text = decoded(data);
  if (text === undefined) return left('is not base64 of UTF-8 text; not read');
  if (text.length > MOST_CHARACTERS) return left(`is longer than ${MOST_CHARACTERS} characters; not read`);
  return [/html/i.test(type) ? withoutTags(text) : text];
}

function decoded(data: string): string | undefined {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(data)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(data, 'base64'));
  } catch {
    return undefined;
  }
}

function sectionTexts(section: Element): readonly string[] {
  const title = section.text('title');
  const div = section.object('text')?.text('div');
  const own = div === undefined ? [] : [`${title === undefined ? '' : `${title}:\n`}${withoutTags(div)}`];
  return [...own, ...section.objects('section').flatMap(sectionTexts)];
}

/** XHTML narrative as lines. */
const withoutTags = (html: string): string =>
  html
    .replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h\d)\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&(?:nbsp|#160);/g, ' ')
    .replace(/&amp;/g, '&');
