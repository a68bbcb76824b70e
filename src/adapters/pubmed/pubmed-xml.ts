// PubMed XML (one article, a set, a baseline file) -> documents, one by one as they close. What is broken is a fault with line and column;
// the articles before it, and after it where the parser finds its way again, are given.
import { SaxesParser } from 'saxes';
import type { Fault } from '../../domain/faults.js';
import type { LiteratureDocument } from '../../domain/literature.js';

export type Read =
  | { readonly kind: 'document'; readonly document: LiteratureDocument }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** No article is longer; text that goes on without an end is not kept. */
const MOST_CHARACTERS = 2_000_000;
const MOST_WITHOUT_ARTICLE = 32 * 1024 * 1024;
/** PubMed nests a dozen deep. The parser keeps every open element, and closing a million of them takes minutes. */
const DEEPEST = 200;

interface Draft {
  pmid: string | null;
  title: string;
  abstract: string[];
  types: string[];
  registry: string[];
  line: number;
}

/** Thrown out of the parser: it would go on to the end of what it was given. */
class TooDeep extends Error {
  override readonly message = `elements nested more than ${DEEPEST} deep: not read further`;
}

/** Feed with `write`, end with `end`; both return what has become complete. */
export class PubmedXmlReader {
  private readonly parser = new SaxesParser({ position: true });
  private readonly file: string;
  private readonly path: string[] = [];
  private ready: Read[] = [];
  private draft: Draft | undefined;
  private text = '';
  private keeping: string | undefined;
  private label = '';
  private count = 0;
  private sinceArticle = 0;
  private faulty = false;
  private broken = false;

  constructor(file: string) {
    this.file = file;
    this.parser.on('error', (error) => this.onError(error));
    this.parser.on('opentag', (tag) => this.open(tag.name, tag.attributes as Record<string, string>));
    this.parser.on('closetag', (tag) => this.close(tag.name));
    this.parser.on('text', (text) => this.keep(text));
    this.parser.on('cdata', (text) => this.keep(text));
  }

  write(chunk: string): Read[] {
    if (this.broken) return [];
    this.sinceArticle += chunk.length;
    if (this.sinceArticle > MOST_WITHOUT_ARTICLE)
      return this.giveUp(`no article in ${this.sinceArticle} characters: not read further`);
    try {
      this.parser.write(chunk);
    } catch (error) {
      if (error instanceof TooDeep) return this.giveUp(error.message);
      throw error;
    }
    return this.take();
  }

  end(): Read[] {
    if (!this.broken) {
      this.parser.close();
      if (this.draft !== undefined) this.fault(`the article that begins at line ${this.draft.line} is cut off`);
      else if (this.count === 0 && !this.faulty) this.fault('holds no PubMed article');
    }
    return this.take();
  }

  private take(): Read[] {
    const { ready } = this;
    this.ready = [];
    return ready;
  }

  private giveUp(message: string): Read[] {
    this.fault(message);
    this.broken = true;
    return this.take();
  }

  private fault(message: string): void {
    this.faulty = true;
    this.ready.push({
      kind: 'fault',
      fault: { place: `${this.file}, line ${this.parser.line}, column ${this.parser.column}`, message },
    });
  }

  /** One fault an article: after the first, the parser complains about every tag. */
  private onError(error: Error): void {
    if (this.faulty && this.draft === undefined) return;
    this.fault(`not well-formed XML: ${error.message.replace(/^\d+:\d+: /, '')}`);
    this.draft = undefined;
    this.keeping = undefined;
  }

  private open(name: string, attributes: Record<string, string>): void {
    this.path.push(name);
    if (this.path.length > DEEPEST) throw new TooDeep();
    if (name === 'PubmedArticle' || name === 'MedlineCitation' || name === 'PubmedBookArticle') {
      if (name === 'MedlineCitation' && this.draft !== undefined) return;
      this.draft = { pmid: null, title: '', abstract: [], types: [], registry: [], line: this.parser.line };
      this.faulty = false;
    }
    const { draft } = this;
    if (draft === undefined || this.keeping !== undefined) return;
    if (name === 'AbstractText' && this.path.at(-2) !== 'OtherAbstract') {
      this.label = attributes.Label ?? '';
      this.begin(name);
    } else if (
      name === 'ArticleTitle' ||
      name === 'BookTitle' ||
      name === 'PublicationType' ||
      name === 'AccessionNumber'
    )
      this.begin(name);
    else if (name === 'PMID' && draft.pmid === null) this.begin(name);
  }

  private begin(name: string): void {
    this.keeping = name;
    this.text = '';
  }

  private keep(text: string): void {
    if (this.keeping === undefined) return;
    if (this.text.length + text.length > MOST_CHARACTERS) {
      this.fault(`text of more than ${MOST_CHARACTERS} characters in <${this.keeping}>: the article is left out`);
      this.draft = undefined;
      this.keeping = undefined;
    } else this.text += text;
  }

  private close(name: string): void {
    this.path.pop();
    const { draft } = this;
    if (draft === undefined) return;
    if (name === this.keeping) {
      this.keeping = undefined;
      const text = this.text.replace(/\s+/g, ' ').trim();
      if (name === 'PMID') draft.pmid = text;
      else if (name === 'PublicationType') draft.types.push(text);
      else if (name === 'AccessionNumber') draft.registry.push(text);
      else if (name === 'AbstractText')
        draft.abstract.push(this.label !== '' && this.label !== 'UNLABELLED' ? `${this.label}: ${text}` : text);
      else if (draft.title === '') draft.title = text;
    }
    const whole =
      name === 'PubmedArticle' ||
      name === 'PubmedBookArticle' ||
      (name === 'MedlineCitation' && !this.path.includes('PubmedArticle'));
    if (whole) this.finish(draft);
  }

  private finish(draft: Draft): void {
    this.draft = undefined;
    this.sinceArticle = 0;
    this.count++;
    const { title } = draft;
    const text = `${title}\n${draft.abstract.join(' ')}`;
    const faults = text.includes('\uFFFD')
      ? [
          {
            place: `${this.file}, article from line ${draft.line}`,
            message: 'holds bytes that are not of the declared encoding',
          },
        ]
      : [];
    const document = `${this.file}#${draft.pmid ?? this.count}`;
    this.ready.push({
      kind: 'document',
      document: {
        document,
        pmid: draft.pmid,
        text,
        titleLength: title.length,
        publicationTypes: draft.types,
        registry: draft.registry,
        faults,
      },
    });
  }
}
