// Do the words of a criterion exist? An unknown name would silently make a criterion unknown for every patient.
import { type Atom, atoms, type Criterion } from '../../domain/corpus/criterion.js';
import { error, type Finding } from './finding.js';
import type { Names } from './names.js';

export function checkCriterion(criterion: Criterion, record: string, names: Names): Finding[] {
  return atoms(criterion).flatMap((atom) => unknownWords(atom, names).map((message) => error(record, message)));
}

function unknownWords(atom: Atom, names: Names): string[] {
  switch (atom.op) {
    case 'cancer':
      return missing('OncoTree code', atom.codes, names.cancers);
    case 'biomarker':
      return missing('biomarker', [atom.name], names.biomarkers);
    case 'condition':
      return missing('condition', atom.ids, names.conditions);
    case 'metastasis':
      return missing('site', atom.sites, names.sites);
    case 'therapy': {
      const { drug = [], class: classes = [], with: all = [], procedure = [] } = atom.selector;
      const either = new Set([...names.drugs, ...names.classes]);
      return [
        ...missing('drug', drug, names.drugs),
        ...missing('drug class', classes, names.classes),
        ...missing('drug or class', all, either),
        ...missing('procedure', procedure, names.procedures),
      ];
    }
    case 'value': {
      const fact = names.facts.get(atom.name);
      if (fact === undefined) return [`"${atom.name}" is not a fact of corpus/vocabulary/facts.yaml`];
      if (atom.range && fact.kind === 'word')
        return [`"${atom.name}" holds words (${fact.words.join(', ')}), not numbers`];
      if (atom.is && fact.kind === 'number') return [`"${atom.name}" holds numbers; write {min: .., max: ..}`];
      return missing(`word of ${atom.name}`, atom.is ?? [], new Set(fact.words));
    }
    case 'stage':
      return atom.groups.filter((g) => !/^(0|I{1,3}|IV)([A-D]\d?)?$/.test(g)).map((g) => `"${g}" is not a stage group`);
    case 'tnm':
      return [];
  }
}

const missing = (kind: string, wanted: readonly string[], known: ReadonlySet<string>): string[] =>
  wanted.filter((word) => !known.has(word)).map((word) => `there is no ${kind} "${word}"`);
