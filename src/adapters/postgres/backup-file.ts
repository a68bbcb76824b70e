// The form of a backup: one gzip stream of lines, readable with zcat. A line of JSON tells what follows, rows stand as COPY writes them
// (text form, one a line), "\." ends a table, a line of JSON tells its rows and SHA-256, a last one that the file is whole.
//
//   {"shipa":"backup","format":1,"made":"2026-11-29T...","code":"0.1.0","migrations":["001-foundation.sql",...],"tables":[{...},...]}
//   {"table":"patient"}
//   1	p1	\\x5f...
//   \.
//   {"rows":1,"sha256":"..."}
//   {"end":true,"tables":12,"sha256":"..."}
import { createHash } from 'node:crypto';
import type { Table } from './tables.js';

export interface BackupHeader {
  readonly shipa: 'backup';
  readonly format: 1;
  readonly made: string;
  readonly code: string;
  readonly server: string;
  readonly migrations: readonly string[];
  readonly tables: readonly Table[];
}

export interface TableEnd {
  readonly rows: number;
  readonly sha256: string;
}

export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** Over the header and the sums of all tables: two whole files glued or cut at a table are noticed. */
export const sumOf = (header: string, ends: readonly TableEnd[]): string =>
  createHash('sha256')
    .update(header)
    .update(ends.map((end) => end.sha256).join(''))
    .digest('hex');

const NEWLINE = 10;
const END = Buffer.from('\\.\n');
const END_AFTER_LINE = Buffer.from('\n\\.\n');
/** A header or a row may be long; a file that is none of ours must not fill the memory. */
const LONGEST_LINE = 256 * 1024 * 1024;

/** Reads the lines and bodies of a backup out of chunks of any size, holding no more than a chunk and a line. */
export class BackupReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private held: Buffer = Buffer.alloc(0);
  private ended = false;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next line as JSON text. */
  async line(): Promise<string> {
    for (;;) {
      const at = this.held.indexOf(NEWLINE);
      if (at >= 0) {
        const text = this.held.subarray(0, at).toString('utf8');
        this.held = this.held.subarray(at + 1);
        return text;
      }
      await this.more();
    }
  }

  /** Rows up to the end of the table, in pieces of whole lines. */
  async *body(): AsyncGenerator<Buffer> {
    for (;;) {
      const end = this.held.subarray(0, END.length).equals(END) ? 0 : this.held.indexOf(END_AFTER_LINE) + 1;
      if (end > 0 || this.held.subarray(0, END.length).equals(END)) {
        if (end > 0) yield this.held.subarray(0, end);
        this.held = this.held.subarray(end + END.length);
        return;
      }
      const last = this.held.lastIndexOf(NEWLINE);
      // The last whole line stays, so that an end mark behind it is seen to stand at the start of a line.
      if (last > 0) {
        const before = this.held.lastIndexOf(NEWLINE, last - 1);
        if (before >= 0) {
          yield this.held.subarray(0, before + 1);
          this.held = this.held.subarray(before + 1);
        }
      }
      await this.more();
    }
  }

  /** True when nothing follows. */
  async atEnd(): Promise<boolean> {
    while (!this.ended && this.held.length === 0) await this.pull();
    return this.held.length === 0;
  }

  private async more(): Promise<void> {
    if (this.held.length > LONGEST_LINE) throw new BackupError('this is no backup of Shipa (a line without an end)');
    await this.pull();
    if (this.ended) throw new BackupError('the backup is cut off: it ends in the middle');
  }

  private async pull(): Promise<void> {
    const { done, value } = await this.chunks.next();
    if (done === true) this.ended = true;
    else this.held = this.held.length === 0 ? value : Buffer.concat([this.held, value]);
  }
}
