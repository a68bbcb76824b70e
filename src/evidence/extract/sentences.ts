// Where sentences begin and end. A newline ends one only where the text says so: plain files may be wrapped at any word.

export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The heading it stands under, in lower case: "results", "methods"; empty where there are none. */
  readonly section: string;
}

const STOP = /[.!?]["')\]]*\s+(?=["'([<>~-]*[A-Z0-9\u0370-\u03FF])|\n\s*/g;
const ABBREVIATION =
  /(?:^|[\s(])(?:vs?|e\.g|i\.e|al|nos?|figs?|approx|ca|cf|dr|prof|st|etc|resp|incl|sp|spp|min|max|ref|eq|hrs?|wks?|mos?|yrs?|p\.o|i\.v|s\.c|b\.i\.d|inc|ltd|viz|conf|diff|med|est|adj)\.$/i;
const HEADING = /^["']*(?:ABSTRACT\.)?([A-Z][A-Za-z][A-Za-z ,&/()-]{1,58}):+(?:\s|$)/;
/** Headings as they are used; anything else before a colon is prose. */
const HEADING_WORDS =
  /\b(?:background|context|importance|purpose|objectives?|aims?|introduction|rationale|hypothesis|methods?|design|setting|participants?|patients|subjects|interventions?|exposures?|measures?|outcomes?|materials?|procedures?|statistical|analysis|results?|findings?|conclusions?|interpretation|discussion|significance|relevance|implications|funding|registration|limitations?|summary|measurements?|sources?|efficacy|safety)\b/i;

/** No sentence of prose is longer; what is, is cut, so that no pattern runs over it without end. */
const MOST_CHARACTERS = 8_000;

/** @param titleLength the title is a sentence of its own, with or without a full stop */
export function sentences(text: string, titleLength = 0): Sentence[] {
  const found: Sentence[] = [];
  let section = titleLength > 0 ? 'title' : '';
  const add = (from: number, to: number): void => {
    let start = from;
    let end = to;
    while (start < end && /\s/.test(text[start] ?? '')) start++;
    while (end > start && /\s/.test(text[end - 1] ?? '')) end--;
    if (start >= end) return;
    if (end - start > MOST_CHARACTERS) {
      add(start, start + MOST_CHARACTERS);
      add(start + MOST_CHARACTERS, end);
      return;
    }
    if (start >= titleLength && section === 'title') section = '';
    const part = text.slice(start, end);
    const [, heading] = HEADING.exec(part) ?? [];
    if (heading !== undefined && HEADING_WORDS.test(heading)) section = heading.toLowerCase();
    found.push({ start, end, text: part, section });
  };
  let start = 0;
  if (titleLength > 0) {
    add(0, titleLength);
    start = titleLength;
  }
  STOP.lastIndex = start;
  for (let stop = STOP.exec(text); stop !== null; stop = STOP.exec(text)) {
    const before = text.slice(Math.max(start, stop.index - 12), stop.index + 1);
    const ends =
      stop[0].includes('\n') && !/^[.!?]/.test(stop[0]) ? endsAtLine(text, stop) : !ABBREVIATION.test(before);
    if (!ends) continue;
    add(start, stop.index + stop[0].trimEnd().length);
    start = stop.index + stop[0].length;
  }
  add(start, text.length);
  return found;
}

function endsAtLine(text: string, stop: RegExpExecArray): boolean {
  if (/\n\s*\n/.test(stop[0]) || /[.:!?]\s*$/.test(text.slice(Math.max(0, stop.index - 4), stop.index))) return true;
  return HEADING.test(text.slice(stop.index + stop[0].length, stop.index + stop[0].length + 70));
}
