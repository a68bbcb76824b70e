// Do the languages of a rationale say the same? Figures and names in Latin letters (trials, genes, regimens) stand in all of them alike;
// the words themselves a program cannot judge. A translation may be shorter or spell a number out, so one is asked about only where it has
// a figure or a name in place of another.
import type { Corpus } from '../../domain/corpus/corpus.js';
import type { Text } from '../../domain/corpus/text.js';
import { type Finding, warning } from './finding.js';

const NUMBER = /\d+(?:[.,]\d+)?/g;
/** "KEYNOTE", "FLAURA2", "NichE", "T790M": at least three characters with two capitals or a capital and a digit. */
const NAME = /[A-Z](?=[A-Za-z0-9]*[A-Z0-9])[A-Za-z0-9]{2,}/g;

export function checkTranslations(corpus: Corpus): Finding[] {
  return corpus.cancers.flatMap((folder) =>
    folder.indications.flatMap(({ id, rationale }) =>
      differences(rationale).map((difference) => warning(`indication ${id}`, difference)),
    ),
  );
}

/** In words, what one language of a text has in place of what English has. */
export function differences(text: Text): readonly string[] {
  return (['ru', 'kk'] as const).flatMap((lang) => {
    const other = text[lang];
    if (other === undefined) return [];
    return [numbersOf, namesOf].flatMap((read) => {
      const lost = without(read(text.en), read(other));
      const gained = without(read(other), read(text.en));
      return lost.length > 0 && gained.length > 0
        ? [`the rationale in ${lang} has ${gained.join(', ')} where the English one has ${lost.join(', ')}`]
        : [];
    });
  });
}

const numbersOf = (text: string): readonly string[] => (text.match(NUMBER) ?? []).map((n) => n.replace(',', '.'));

const namesOf = (text: string): readonly string[] => [...new Set(text.match(NAME) ?? [])];

/** What stands in the first list and not, or less often, in the second. */
function without(first: readonly string[], second: readonly string[]): readonly string[] {
  const left = [...second];
  return first.filter((n) => {
    const at = left.indexOf(n);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
