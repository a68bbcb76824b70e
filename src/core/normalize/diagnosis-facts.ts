// Facts that the diagnosis itself says by its code, its body site or its words: the side of a colon cancer (C18.7 is left), the organ
// of a stromal tumour; or by its stage group. Only facts that name the cancers of which this is true (`fromDiagnosis`, `fromStage`), and
// only where nothing is recorded.
import type { FactTerm, Vocabulary } from '../../domain/corpus/vocabulary.js';
import { derived, type Fact } from '../../domain/fact.js';
import type { ConditionEntry } from '../../domain/history.js';
import type { Value } from '../../domain/patient.js';
import { cancerTree } from './cancer-tree.js';
import type { CaseDraft } from './case-draft.js';
import type { Terminology } from './terminology.js';

/** @param own the conditions that are this cancer; two that say different words leave the fact unknown */
export function diagnosisFacts(
  draft: Pick<CaseDraft, 'cancer' | 'stage'>,
  own: readonly ConditionEntry[],
  terms: Terminology,
): Record<string, Fact<Value>> {
  const values: Record<string, Fact<Value>> = {};
  if (!draft.cancer.known) return values;
  const { oncotree } = draft.cancer.value;
  const tree = cancerTree(terms.vocabulary);
  for (const term of toldByDiagnosis(terms.vocabulary)) {
    const group = draft.stage.known ? draft.stage.value : '';
    if (term.words?.[group] !== undefined && term.fromStage.some((code) => tree.isA(oncotree, code)))
      values[term.id] = derived(group, 'the stage group');
    if (!term.fromDiagnosis.some((code) => tree.isA(oncotree, code))) continue;
    const said = own.filter((c) => c.role !== 'secondary-cancer').flatMap((c) => wordOf(term.id, c, terms) ?? []);
    const [word] = said;
    if (word !== undefined && said.every((other) => other === word))
      values[term.id] = derived(word, 'code and words of the diagnosis');
  }
  return values;
}

/** The few facts that a diagnosis may tell at all. */
function toldByDiagnosis(vocabulary: Vocabulary): readonly FactTerm[] {
  const known =
    TOLD.get(vocabulary) ?? vocabulary.facts.filter((term) => term.fromDiagnosis.length + term.fromStage.length > 0);
  TOLD.set(vocabulary, known);
  return known;
}

const TOLD = new WeakMap<Vocabulary, readonly FactTerm[]>();

/** The body site says it more exactly than the diagnosis. */
const wordOf = (fact: string, { bodySites, code }: ConditionEntry, terms: Terminology): string | undefined =>
  [...bodySites, code].map((concept) => terms.diagnosisWord(fact, concept)).find((word) => word !== undefined);
