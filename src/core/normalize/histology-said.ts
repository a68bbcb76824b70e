// The histologies that an observation or a report gives, as written: codes, a bare morphology number, or plain words.
import type { Concept, Entry } from '../../domain/history.js';
import { wordsOf } from './cancer-words.js';
import { rememberedSaid } from './said.js';
import type { Terminology } from './terminology.js';

export const histologyIn = rememberedSaid(readHistology, (read) => read);

function readHistology(entry: Entry, terms: Terminology): readonly Concept[] {
  if (entry.kind === 'report') return [...entry.conclusions, ...saidInReport(entry.text ?? '', terms)];
  if (entry.kind !== 'observation') return [];
  const { categories } = terms.vocabulary.stageCodes;
  return [{ code: entry.code, value: entry.value }, ...entry.components].flatMap(({ code, value }) => {
    const coded = code.codings.some((c) => c.code !== undefined && categories[c.code] === 'histology');
    const words = wordsOf(code);
    const named =
      /histologic type|histology|morphology|гистологич\p{L}* (?:тип|вариант)|гистотип|морфологич/u.test(words) &&
      !/grade|степен/u.test(words);
    if (!coded && !named) return [];
    if (value?.kind === 'concept') return [value.concept];
    if (value?.kind !== 'text') return [];
    const morphology = /^\s*M?-?(\d{4}\/\d)\b/.exec(value.text)?.[1];
    const codings = morphology === undefined ? [] : [{ system: ICD_O, code: morphology }];
    return [{ codings, text: value.text }];
  });
}

const ICD_O = 'http://terminology.hl7.org/CodeSystem/icd-o-3';
const HEDGED =
  /\b(?:no|not|without|negative|exclud\w*|suspect\w*|suspicious|possibl\w*|probabl\w*|versus|vs|differential|rule|or|history|family|component|differentiation|transform\w*)\b|(?<!\p{L})(?:не|нет|без|исключ\p{L}*|подозр\p{L}*|или|вероятн\p{L}*|компонент\p{L}*|анамнез\p{L}*)(?!\p{L})|\?/iu;

/** "Lung biopsy: squamous cell carcinoma": the first plain sentence of a report that names a tumour, and nothing hedged or denied. */
function saidInReport(report: string, terms: Terminology): readonly Concept[] {
  const sentence = report
    .split(/[;\n]|(?<!\d)\.(?=\s|$)/)
    .map((part) => part.trim())
    .find((part) => part.length <= 160 && !HEDGED.test(part) && terms.inText('cancer', part).length > 0);
  return sentence === undefined ? [] : [{ codings: [], text: sentence }];
}
