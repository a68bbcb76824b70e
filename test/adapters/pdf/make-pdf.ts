// Small PDFs made in code: pages of lines in any script, pictures, passwords, bombs. Offsets are counted, so that readers need not repair.
import { deflateSync } from 'node:zlib';

export interface Line {
  readonly text: string;
  readonly x?: number;
  readonly y?: number;
}

export interface PdfOptions {
  /** Each page is a list of lines, set from the top, or placed. */
  readonly pages: readonly (readonly (string | Line)[])[];
  /** A picture that fills each page. */
  readonly picture?: boolean;
  /** Leaves out the table from glyphs to Unicode. */
  readonly withoutUnicode?: boolean;
  readonly password?: boolean;
  /** Content stream in place of the lines of the first page, and the filters that it names. */
  readonly content?: { readonly bytes: Buffer; readonly filter: string };
}

export function makePdf(options: PdfOptions): Buffer {
  const objects: Buffer[] = [];
  const add = (body: string | Buffer): number =>
    objects.push(Buffer.isBuffer(body) ? body : Buffer.from(body, 'latin1'));
  const catalog = add('<< /Type /Catalog /Pages 2 0 R >>');
  add('');
  const font = addFont(add, options);
  const picture = options.picture === true ? addPicture(add) : undefined;
  const pages = options.pages.map((lines, i) => {
    const content =
      i === 0 && options.content !== undefined
        ? stream(options.content.bytes, options.content.filter)
        : stream(Buffer.from(drawing(lines, picture !== undefined), 'latin1'));
    const contents = add(content);
    const pictures = picture === undefined ? '' : ` /XObject << /I ${picture} 0 R >>`;
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${contents} 0 R /Resources << /Font << /F ${font} 0 R >>${pictures} >> >>`,
    );
  });
  objects[1] = Buffer.from(
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((n) => `${n} 0 R`).join(' ')}] >>`,
  );
  const encryption = options.password === true ? add(ENCRYPTION) : undefined;
  return assemble(objects, catalog, encryption);
}

/** Two-byte codes are the letters' own UTF-16 units; the ToUnicode table says so. */
function addFont(add: (body: string | Buffer) => number, options: PdfOptions): number {
  const descriptor = add(
    '<< /Type /FontDescriptor /FontName /Made /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
  );
  const descendant = add(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor ${descriptor} 0 R /DW 500 >>`,
  );
  const table = Buffer.from(
    [
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def /CMapType 2 def',
      '1 begincodespacerange <0000> <FFFF> endcodespacerange',
      options.withoutUnicode === true
        ? '1 beginbfrange <0000> <00FF> <E000> endbfrange 1 beginbfrange <0400> <04FF> <E400> endbfrange'
        : '3 beginbfrange <0000> <00FF> <0000> <0400> <04FF> <0400> <2000> <22FF> <2000> endbfrange',
      'endcmap CMapName currentdict /CMap defineresource pop end end',
    ].join('\n'),
  );
  const toUnicode = add(stream(table));
  return add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] /ToUnicode ${toUnicode} 0 R >>`,
  );
}

const addPicture = (add: (body: string | Buffer) => number): number =>
  add(
    stream(
      Buffer.from([200]),
      undefined,
      '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 ',
    ),
  );

function drawing(lines: readonly (string | Line)[], picture: boolean): string {
  const texts = lines.map((line, i) => {
    const { text, x = 50, y = 800 - 14 * i } = typeof line === 'string' ? { text: line } : line;
    return `BT /F 10 Tf 1 0 0 1 ${x} ${y} Tm <${utf16(text)}> Tj ET`;
  });
  return [...(picture ? ['q 595 0 0 842 0 0 cm /I Do Q'] : []), ...texts].join('\n');
}

const utf16 = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');

function stream(bytes: Buffer, filter?: string, entries = ''): Buffer {
  const body = filter === undefined ? deflateSync(bytes) : bytes;
  const head = `<< ${entries}/Length ${body.length} /Filter ${filter ?? '/FlateDecode'} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body, Buffer.from('\nendstream')]);
}

/** RC4, 40 bits, with check strings that no password fits. */
const ENCRYPTION = `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${'11'.repeat(32)}> /U <${'22'.repeat(32)}> >>`;

function assemble(objects: readonly Buffer[], catalog: number, encryption: number | undefined): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  let at = 9;
  const offsets = objects.map((body, i) => {
    const object = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    const start = at;
    at += object.length;
    parts.push(object);
    return start;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const locked = encryption === undefined ? '' : ` /Encrypt ${encryption} 0 R`;
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root ${catalog} 0 R /ID [<00> <00>]${locked} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
