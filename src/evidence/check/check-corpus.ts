// `corpus check`: everything that a program can say about the corpus, in one list.
import type { Corpus } from '../../domain/corpus/corpus.js';
import { retractedSupport } from '../../domain/corpus/retracted-support.js';
import type { PartialDate } from '../../domain/partial-date.js';
import { checkAtc } from './atc.js';
import { checkCitations } from './citations.js';
import { checkCoverage } from './coverage.js';
import { checkDoses } from './doses.js';
import { type Finding, warning } from './finding.js';
import { checkNumbers } from './numbers.js';
import { checkReferences } from './references.js';
import { checkTranslations } from './translations.js';

/** @param on the day of the check, for review dates. */
export function checkCorpus(corpus: Corpus, on: PartialDate): Finding[] {
  return [
    ...checkReferences(corpus),
    ...checkNumbers(corpus),
    ...checkDoses(corpus),
    ...checkAtc(corpus),
    ...checkCitations(corpus),
    ...checkTranslations(corpus),
    ...checkCoverage(corpus),
    ...unsupported(corpus),
    ...overdue(corpus, on),
  ];
}

function unsupported({ cancers }: Corpus): Finding[] {
  return [...retractedSupport(cancers)].map(([id, studies]) =>
    warning(
      `indication ${id}`,
      `rests on retracted studies alone (${studies.join(', ')}); it is not recommended any more`,
    ),
  );
}

function overdue(corpus: Corpus, on: PartialDate): Finding[] {
  return corpus.cancers.flatMap((folder) =>
    folder.indications
      .filter((i) => i.reviewBy < on && i.validTo === undefined)
      .map((i) => warning(`indication ${i.id}`, `was to be reviewed by ${i.reviewBy}`)),
  );
}
