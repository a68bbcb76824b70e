// Letters around the name of a gene: "gBRCA2" and "tBRCA" say where it was looked for, "BRCAm" that it is mutated. Places of all letters stay.

/** "gBRCA2", "tBRCA", "BRCAm": the letter that says where it was looked for is no part of the name, the last one says that it is mutated. */
export const withoutOrigin = (plain: string): string =>
  plain.replace(/(?<![\p{L}\d])[gts](?=brca)/gu, ' ').replace(/(?<=brca(?:[12]|1\/2)?)m(?![\p{L}\d])/gu, '+');

/** What is said right of the gene, "m" and "мут." written out. */
export const mutationInFull = (said: string): string =>
  said.replace(/^m(?![\p{L}\d])/u, 'mutated').replace(/(?<!\p{L})мут\.?(?!\p{L})/giu, 'мутация');
