// Many byte strings as one parameter: bytes, offsets (from 1) and lengths for substring(). An array of bytea would travel as
// hexadecimal text, twice the size and slow to parse; one bytea travels as it is.

export interface Packed {
  readonly bytes: Buffer;
  readonly offsets: number[];
  readonly lengths: number[];
}

export function pack(parts: readonly Buffer[]): Packed {
  const offsets: number[] = [];
  let next = 1;
  for (const part of parts) {
    offsets.push(next);
    next += part.length;
  }
  return { bytes: Buffer.concat(parts), offsets, lengths: parts.map((part) => part.length) };
}
