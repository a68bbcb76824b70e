// Russian names of cancers stand in the vocabulary as they are called; a sentence declines them: "рецидив мелкоклеточного рака лёгкого", "с
// плоскоклеточной карциномой". Adjective and noun are put back; without it the adjective, which decides the treatment, was lost.

const MASCULINE = /(?<!\p{L})((?:[\p{L}-]{4,}(?:ого|его|ому|ему|ым|им|ом|ем) ){1,4})рак(?:а|у|ом|е)(?!\p{L})/gu;
const FEMININE =
  /(?<!\p{L})((?:[\p{L}-]{4,}(?:ой|ую) ){1,4})((?:адено)?карцином|меланом|сарком|лимфом|глиом|астроцитом|менингиом|мезотелиом|тимом)(?:ы|е|ой|у)(?!\p{L})/gu;
const TUMOUR = /(?<!\p{L})((?:[\p{L}-]{4,}ой ){1,4})опухол(?:и|ью)(?!\p{L})/gu;

/** @param plain lower case; places of letters move */
export const inNominative = (plain: string): string =>
  plain
    .replace(MASCULINE, (_, adjectives: string) => `${masculine(adjectives)}рак`)
    .replace(FEMININE, (_, adjectives: string, noun: string) => `${feminine(adjectives)}${noun}а`)
    .replace(TUMOUR, (_, adjectives: string) => `${feminine(adjectives)}опухоль`);

const masculine = (adjectives: string): string =>
  adjectives
    .replace(/([кгхжшщч])(?:ого|его|ому|ему|им|ом|ем)(?= )/gu, '$1ий')
    .replace(/(?:ого|ому|ым|ом)(?= )/gu, 'ый')
    .replace(/(?:его|ему|им|ем)(?= )/gu, 'ий');

const feminine = (adjectives: string): string => adjectives.replace(/(?:ой|ую)(?= )/gu, 'ая');
