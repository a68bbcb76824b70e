// A clinical note as the Bundle that says the same: a patient of whom nothing but the document is known. So a note is kept, scored, shown
// and replayed as every other history is. The text is in it letter for letter (DocumentReference.content.attachment.data, base64).
import type { Note } from '../domain/note.js';

/**
 * The same note gives the same text.
 * @param patient the patient's id, where it is not the note's
 */
export function bundleOfNote({ id, text, documents }: Note, patient = id): string {
  const subject = { reference: `Patient/${patient}` };
  const all = documents ?? [{ id, text }];
  const entries = all.map((document) => ({
    resource: {
      resourceType: 'DocumentReference',
      id: document.id,
      status: 'current',
      subject,
      ...('date' in document && document.date !== undefined ? { date: document.date } : {}),
      content: [
        {
          attachment: {
            contentType: 'text/plain; charset=utf-8',
            data: Buffer.from(document.text, 'utf8').toString('base64'),
          },
        },
      ],
    },
  }));
  return JSON.stringify({
    resourceType: 'Bundle',
    id,
    type: 'collection',
    entry: [{ resource: { resourceType: 'Patient', id: patient } }, ...entries],
  });
}
