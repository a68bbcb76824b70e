// A clinical text as it came: a dictated note, a letter, a question, a report.

export interface Note {
  /** `case` of the record: the note's id, else the file's name. */
  readonly id: string;
  readonly text: string;
}
