// The few parts that every plot is made of: elements with escaped text, a page with a title for readers of screens, linear and
// logarithmic scales with round ticks. A string in, a string out; the same numbers give the same bytes.

export type Attributes = Readonly<Record<string, string | number | undefined>>;

export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${attribute(value)}"`]))
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

const attribute = (value: string | number): string =>
  typeof value === 'number' ? String(Math.round(value * 100) / 100) : escaped(value);

// Characters that XML does not allow at all are dropped.
export const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is dropped
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');

export const INK = '#1f2933';
export const FAINT = '#9aa5b1';
export const GRID = '#e4e7eb';
/** Okabe & Ito's palette: told apart by readers with any colour vision. */
export const COLOURS = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#7f7f7f',
  '#000000',
] as const;
export const colour = (i: number): string => COLOURS[i % COLOURS.length] ?? INK;

export type Anchor = 'start' | 'middle' | 'end';

export function label(
  x: number,
  y: number,
  content: string,
  options: { anchor?: Anchor; size?: number; fill?: string; weight?: string; rotate?: number } = {},
): string {
  const { anchor = 'start', size = 12, fill = INK, weight, rotate } = options;
  return element(
    'text',
    {
      x,
      y,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      'font-size': size,
      fill,
      'font-weight': weight,
      transform:
        rotate === undefined
          ? undefined
          : `rotate(${rotate} ${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100})`,
    },
    escaped(content),
  );
}

export const line = (
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke = INK,
  attributes: Attributes = {},
): string => element('line', { x1, y1, x2, y2, stroke, ...attributes });

/** A whole picture on white, with its title for assistive technology. */
export function page(width: number, height: number, title: string, ...children: readonly string[]): string {
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}`,
      width: Math.round(width),
      height: Math.round(height),
      role: 'img',
      'font-family': 'Helvetica, Arial, "Noto Sans", sans-serif',
    },
    element('title', {}, escaped(title)),
    element('rect', { width: Math.round(width), height: Math.round(height), fill: '#ffffff' }),
    ...children,
  )}\n`;
}

/** About how wide a text is: enough to lay out columns. */
export const textWidth = (content: string, size = 12): number => [...content].length * size * 0.56;

export interface Scale {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** From values to places, with about `count` round ticks inside the range. */
export function linearScale(from: number, to: number, start: number, end: number, count = 6): Scale {
  const span = to - from || 1;
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((m) => m * power >= rough * 0.999) ?? 10);
  const [first, last] = [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)];
  // Adding 0 turns -0 into 0.
  const ticks = range(first, last).map((k) => Number((k * step).toPrecision(12)) + 0);
  return { place: (v) => start + ((v - from) / span) * (end - start), ticks };
}

/** For ratios; ticks at 1, 2, 5 of each power of ten, fewer when the range is wide, halves and quarters when it is narrow. */
export function logScale(from: number, to: number, start: number, end: number): Scale {
  const [a, b] = [Math.log(from), Math.log(to)];
  const decades = (b - a) / Math.LN10;
  const bases = decades > 3 ? [1] : decades > 0.9 ? [1, 2, 5] : [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 2, 3, 4];
  const powers = decades > 0.9 ? range(Math.floor(Math.log10(from)) - 1, Math.ceil(Math.log10(to)) + 1) : [0];
  const every = new Set(powers.flatMap((k) => bases.map((base) => Number((base * 10 ** k).toPrecision(6)))));
  const ticks = [...every].filter((t) => t >= from * 0.9999 && t <= to * 1.0001).sort((x, y) => x - y);
  return { place: (v) => start + ((Math.log(v) - a) / (b - a || 1)) * (end - start), ticks };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
