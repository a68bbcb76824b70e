// PubMed/MEDLINE text ("PMID- 123", fields of four letters, continued lines indented by six) -> documents.
import type { LiteratureDocument } from '../../domain/literature.js';

const FIELD = /^([A-Z]{2,4})\s*- ?(.*)$/;

export const looksLikeMedline = (text: string): boolean =>
  /^\s*(?:PMID|PMC ?)- ?\d+/m.test(text) && /^(?:TI|AB) {2}- /m.test(text);

/** Lines in, a document out as soon as its record ends (a blank line, or the next PMID). */
export class MedlineReader {
  private readonly file: string;
  private fields = new Map<string, string[]>();
  private last: string | undefined;
  private count = 0;

  constructor(file: string) {
    this.file = file;
  }

  line(line: string): LiteratureDocument[] {
    const [, tag, value] = FIELD.exec(line) ?? [];
    if (tag === undefined) {
      if (line.trim() === '') {
        this.last = undefined;
        return [];
      }
      const values = this.last === undefined ? undefined : this.fields.get(this.last);
      if (values !== undefined && /^\s/.test(line)) values.push(`${values.pop() ?? ''} ${line.trim()}`);
      return [];
    }
    const done = tag === 'PMID' && this.fields.size > 0 ? this.end() : [];
    this.fields.set(tag, [...(this.fields.get(tag) ?? []), (value ?? '').trim()]);
    this.last = tag;
    return done;
  }

  end(): LiteratureDocument[] {
    const { fields } = this;
    this.fields = new Map();
    this.last = undefined;
    if (fields.size === 0) return [];
    this.count++;
    const title = fields.get('TI')?.[0] ?? fields.get('TT')?.[0] ?? '';
    const pmid = fields.get('PMID')?.[0] ?? null;
    return [
      {
        document: `${this.file}#${pmid ?? this.count}`,
        pmid,
        text: `${title}\n${fields.get('AB')?.[0] ?? ''}`,
        titleLength: title.length,
        publicationTypes: fields.get('PT') ?? [],
        registry: (fields.get('SI') ?? []).map((id) => id.replace(/^.*\//, '')),
        faults: [],
      },
    ];
  }
}
