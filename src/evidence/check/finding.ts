// What a check of the corpus finds. An error stops a release; a warning wants a look or a note.
export interface Finding {
  readonly level: 'error' | 'warning';
  /** Record that it concerns: "indication nsclc-1l-osimertinib"; the caller turns it into file and line. */
  readonly record: string;
  readonly message: string;
}

export const error = (record: string, message: string): Finding => ({ level: 'error', record, message });
export const warning = (record: string, message: string): Finding => ({ level: 'warning', record, message });
