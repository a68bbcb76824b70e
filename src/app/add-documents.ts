// The use case "add documents": each document read becomes a draft with its log, unless it is there already. Nothing reaches a study record here.
import type { Corpus } from '../domain/corpus/corpus.js';
import { type Draft, draftOf } from '../evidence/curate/draft-state.js';
import type { CurationEvent, Known, Proposed } from '../evidence/curate/event.js';
import { knownStudies, samePublication } from '../evidence/curate/known-studies.js';
import { propose, type ReadDocument, type SuggestRegimen } from '../evidence/curate/propose.js';
import { slug } from '../evidence/curate/study-record.js';
import type { SuggestArm } from '../evidence/curate/suggest-regimen.js';
import type { CurationStore, Decision } from './curation-ports.js';

export interface Added {
  readonly id: string;
  readonly document: string;
  /** draft: a new draft; there: a draft of this very document is there; stored: its publication is in the corpus; left: not of oncology. */
  readonly as: 'draft' | 'there' | 'stored' | 'left';
  readonly message: string;
}

export interface AddOptions {
  readonly decision: Decision;
  /** Documents that are not of oncology too. */
  readonly all: boolean;
  /** Draft again what the corpus has from the same publication (to check it). */
  readonly again: boolean;
  readonly suggest: SuggestRegimen;
  readonly suggestArm: SuggestArm;
  readonly warnings: readonly string[];
}

export function addDocument(read: ReadDocument, corpus: Corpus, store: CurationStore, options: AddOptions): Added {
  const { document, trial, triage } = read;
  const answer = (id: string, as: Added['as'], message: string): Added => ({
    id,
    document: document.document,
    as,
    message,
  });
  if (!triage.oncology && !options.all) return answer('', 'left', 'not of oncology (--all takes it)');
  const before = store.ids().map((id) => draftOf(id, store.events(id)));
  const hash = store.keepText(document.text);
  const twin = before.find((draft) => draft.text === hash || (document.pmid !== null && draft.pmid === document.pmid));
  if (twin !== undefined) return answer(twin.id, 'there', `is draft ${twin.id} already (${twin.state})`);
  const stored = samePublication(corpus, document.pmid);
  if (stored !== undefined && !options.again)
    return answer(
      '',
      'stored',
      `PMID ${document.pmid} is in the corpus already, study ${stored.id} (--again drafts it to compare)`,
    );
  const id = draftId(read, hash, before);
  const { by, at } = options.decision;
  const known = knownStudies(corpus, { pmid: document.pmid, nct: trial.nct, name: trial.name });
  const { values: proposed, leftOut } = propose(read, options.suggest);
  const values = [...proposed, ...armsOfKnown(corpus, known, proposed, options.suggestArm)];
  const events: CurationEvent[] = [
    {
      event: 'found',
      at,
      by,
      why: options.decision.why,
      document: document.document,
      pmid: document.pmid,
      text: hash,
      triage: { ...triage },
    },
    {
      event: 'extracted',
      at,
      by,
      why: 'read by program',
      values: [...values],
      leftOut: [...leftOut],
      known,
      warnings: [...options.warnings],
    },
  ];
  store.append(id, events);
  const trials =
    known.length === 0 ? 'a trial not known here' : `known: ${known.map((k) => `${k.study} by ${k.by}`).join('; ')}`;
  return answer(id, 'draft', `${values.length} values, ${leftOut.length} left over; ${triage.design}; ${trials}`);
}

/** Which arms of the study they are, when it is known by number: without that nothing can be compared. */
function armsOfKnown(
  corpus: Corpus,
  known: readonly Known[],
  proposed: readonly Proposed[],
  suggest: SuggestArm,
): Proposed[] {
  const id = known.find(({ by }) => !by.startsWith('name '))?.study;
  const study = corpus.cancers.flatMap((folder) => folder.studies).find((s) => s.id === id);
  if (study === undefined) return [];
  return proposed.flatMap(({ field, value }): Proposed[] => {
    const arm = /^arm\.[a-f]$/.test(field) ? suggest(study, value) : undefined;
    return arm === undefined ? [] : [{ field: `${field}.id`, value: arm, note: `an arm of ${study.id}` }];
  });
}

function draftId({ document, trial }: ReadDocument, hash: string, before: readonly Draft[]): string {
  const named = document.document.replace(/\.[a-z]+(?=$|:)/i, '');
  const base =
    document.pmid !== null
      ? `pmid-${document.pmid}`
      : /^PMC\d+$/.test(named)
        ? named.toLowerCase()
        : (trial.nct[0]?.toLowerCase() ?? slug(named));
  return before.some((draft) => draft.id === base) ? `${base}-${hash.slice(0, 8)}` : base;
}
