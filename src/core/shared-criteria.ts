// Criteria of the same content as one object. The corpus writes "metastatic", "EGFR L858R", "ECOG at most 2" hundreds of times;
// as one object each is described once a process and evaluated once a patient (criteria/evaluate.ts keeps answers by object).
import type { Corpus } from '../domain/corpus/corpus.js';
import type { Criterion } from '../domain/corpus/criterion.js';

export function withSharedCriteria(corpus: Corpus): Corpus {
  const share = sharing();
  return {
    ...corpus,
    safety: corpus.safety.map((rule) => (rule.when === undefined ? rule : { ...rule, when: share(rule.when) })),
    cancers: corpus.cancers.map((folder) => ({
      ...folder,
      profile: {
        ...folder.profile,
        settings: folder.profile.settings.map((s) => ({ ...s, criteria: share(s.criteria) })),
        decisions: folder.profile.decisions.map((d) => (d.when === undefined ? d : { ...d, when: share(d.when) })),
      },
      indications: folder.indications.map((i) => ({ ...i, criteria: share(i.criteria) })),
    })),
  };
}

/** Gives every criterion the first one of its content. Parts come first, so that a whole is told by the numbers of its parts. */
function sharing(): (criterion: Criterion) => Criterion {
  const firsts = new Map<string, Criterion>();
  const numbers = new Map<Criterion, number>();
  const numberOf = (criterion: Criterion): number => {
    const number = numbers.get(criterion) ?? numbers.size;
    numbers.set(criterion, number);
    return number;
  };
  const first = (key: string, criterion: Criterion): Criterion => {
    const kept = firsts.get(key) ?? criterion;
    firsts.set(key, kept);
    return kept;
  };
  const share = (criterion: Criterion): Criterion => {
    switch (criterion.op) {
      case 'all':
      case 'any': {
        const parts = criterion.parts.map(share);
        return first(`${criterion.op} ${parts.map(numberOf).join(' ')}`, { op: criterion.op, parts });
      }
      case 'not':
      case 'unless': {
        const part = share(criterion.part);
        return first(`${criterion.op} ${numberOf(part)}`, { op: criterion.op, part });
      }
      default:
        return first(JSON.stringify(criterion), criterion);
    }
  };
  return share;
}
