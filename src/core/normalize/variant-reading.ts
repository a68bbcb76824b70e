// Genomic variant observations by their components (mCODE, HL7 genomics-reporting): gene, HGVS, change types, copy number,
// origin, significance -> readings of the genes concerned.
import type { BiomarkerTerm } from '../../domain/corpus/vocabulary.js';
import type { Concept, ObservationEntry, RawValue } from '../../domain/history.js';
import type { Alteration, AlterationKind } from '../../domain/patient.js';
import { parseAlterations } from './alteration.js';
import { asConcept, type BiomarkerReading, materialOf, qualitative, valueTexts } from './biomarker-reading.js';
import { conceptTexts } from './reading-log.js';
import type { Terminology } from './terminology.js';

/** LOINC codes of the components (genomics-reporting 2.0.0, variant profile). */
const GENE = '48018-6';
const HGVS_PARTS: ReadonlySet<string> = new Set(['48005-3', '48004-6', '81252-9', '81290-9', '47999-8']);
const CHANGE_PARTS: ReadonlySet<string> = new Set(['48006-1', '48019-4', '47998-0', '83005-9']);
const REGION_PARTS: ReadonlySet<string> = new Set(['47999-8']);
/** 82155-3 copy number; the neighbour 82121-5 is allelic read depth and says nothing of copies. */
const COPY_NUMBER: ReadonlySet<string> = new Set(['82155-3']);
const ORIGIN = '48002-0';
/** 53037-8 clinical significance; 93044-6 is the level of evidence for it. */
const SIGNIFICANCE: ReadonlySet<string> = new Set(['53037-8']);
/** The panel that lists what was looked at; it is not a result of any gene in it. */
const REGION_STUDIED: ReadonlySet<string> = new Set(['53041-0']);

/** Codes of the LOINC genomics panels that have their meaning here and in no table of the vocabulary; 69548-6 is the assessment itself. */
export const GENOMIC_CODES: ReadonlySet<string> = new Set([
  '69548-6',
  GENE,
  ORIGIN,
  ...[HGVS_PARTS, CHANGE_PARTS, REGION_PARTS, COPY_NUMBER, SIGNIFICANCE, REGION_STUDIED].flatMap((codes) => [...codes]),
]);

/** Is this observation built of genomic components? */
export const isVariant = (entry: ObservationEntry): boolean =>
  entry.components.some(
    (c) => hasCode(c.code, GENE) || c.code.codings.some((k) => k.code !== undefined && HGVS_PARTS.has(k.code)),
  );

export const isRegionStudied = (entry: ObservationEntry): boolean =>
  entry.code.codings.some((c) => c.code !== undefined && REGION_STUDIED.has(c.code));

/** Readings of the genes that a variant observation is about; a fusion gives one for each partner that we know. */
export function variantReadings(entry: ObservationEntry, terms: Terminology): readonly BiomarkerReading[] {
  const texts = variantTexts(entry);
  const genes = genesOf(entry, terms, texts);
  if (genes.length === 0) return [];
  const result = resultOf(entry, terms);
  const material = materialOf(entry, terms);
  return genes.flatMap((gene): BiomarkerReading[] => {
    const partner = genes.length === 2 ? genes.find((g) => g !== gene)?.name : undefined;
    const alterations = result === 'positive' ? alterationsOf(entry, gene, partner, texts, terms) : [];
    if (isRegionStudied(entry) && result !== 'negative') return [];
    const denied = result === 'negative' ? parseAlterations(texts.join(' '), gene) : [];
    return [
      {
        name: gene.name,
        result: settledResult(result, alterations),
        alterations,
        material,
        partial: denied.length > 0,
        denied,
        source: entry.source,
        entry,
        ...(entry.date === undefined ? {} : { date: entry.date }),
      },
    ];
  });
}

/** A variant of uncertain significance or a benign one is a test done and nothing pathogenic found. */
const settledResult = (result: string, alterations: readonly Alteration[]): string =>
  result === 'positive' &&
  alterations.length > 0 &&
  alterations.every((a) => a.significance === 'uncertain' || a.significance === 'benign')
    ? 'negative'
    : result;

/** Present or absent: the observation's value, else present because a variant is described. */
function resultOf(entry: ObservationEntry, terms: Terminology): string {
  const word = qualitative(entry.value, terms);
  if (word !== undefined) return word;
  for (const interpretation of entry.interpretations) {
    const said = qualitative({ kind: 'concept', concept: interpretation }, terms);
    if (said !== undefined) return said;
  }
  if (isRegionStudied(entry) || entry.absent !== undefined) return 'unknown';
  return 'positive';
}

const hasCode = (code: Concept, wanted: string): boolean => code.codings.some((c) => c.code === wanted);
const among = (code: Concept, wanted: ReadonlySet<string>): boolean =>
  code.codings.some((c) => c.code !== undefined && wanted.has(c.code));

/** Every text that may describe the change: HGVS components, discrete variant names, change types, and the value itself. */
function variantTexts(entry: ObservationEntry): readonly string[] {
  const parts = entry.components
    .filter((c) => among(c.code, HGVS_PARTS) || among(c.code, CHANGE_PARTS) || among(c.code, REGION_PARTS))
    .flatMap((c) => [...codedTexts(c.value), ...exonText(c.code, c.value)]);
  return [...parts, ...codedTexts(entry.value)];
}

/** Displays, texts, and codes that are themselves HGVS ("NP_005219.2:p.Leu858Arg"). */
function codedTexts(value: RawValue | undefined): readonly string[] {
  const codes =
    value?.kind === 'concept'
      ? value.concept.codings.flatMap((c) =>
          c.code !== undefined && /[:.][cp]\.|^[cp]\./.test(c.code) ? [c.code] : [],
        )
      : [];
  return [...codes, ...valueTexts(value)];
}

/** A region component that is a bare number or range is an exon number. */
function exonText(code: Concept, value: RawValue | undefined): readonly string[] {
  if (!among(code, REGION_PARTS)) return [];
  if (value?.kind === 'quantity') return [`exon ${value.quantity.value}`];
  return valueTexts(value)
    .filter((t) => /^\d{1,2}$/.test(t.trim()))
    .map((t) => `exon ${t.trim()}`);
}

function genesOf(entry: ObservationEntry, terms: Terminology, texts: readonly string[]): readonly BiomarkerTerm[] {
  const named = entry.components
    .filter((c) => hasCode(c.code, GENE))
    .flatMap((c) =>
      c.value?.kind === 'concept'
        ? geneTerms(c.value.concept, terms)
        : valueTexts(c.value).flatMap((t) => geneTerms({ codings: [], text: t }, terms)),
    );
  if (named.length > 0) return [...new Set(named)];
  const inside = [...texts, ...conceptTexts(entry.code)].flatMap((t) =>
    terms.inText('biomarker', t.replace(/[():]/g, ' ')).map((m) => m.term),
  );
  const [first] = inside.filter((t) => t.kind === 'gene');
  return first === undefined ? [] : [first];
}

/** Genes of one component: a panel lists several codings, a symbol may stand in the code. */
export function geneTerms(concept: Concept, terms: Terminology): readonly BiomarkerTerm[] {
  return concept.codings.length === 0
    ? terms
        .findAll('biomarker', concept)
        .map((m) => m.term)
        .filter((t) => t.kind === 'gene')
    : concept.codings.flatMap((coding) => {
        const bySymbol =
          coding.code !== undefined && /^[A-Z]/.test(coding.code) && !/^HGNC/i.test(coding.code)
            ? coding.code
            : coding.display;
        const match =
          terms.find('biomarker', { codings: [coding] }) ??
          terms.find('biomarker', { codings: [], ...(bySymbol === undefined ? {} : { text: bySymbol }) });
        return match?.term.kind === 'gene' ? [match.term] : [];
      });
}

function alterationsOf(
  entry: ObservationEntry,
  gene: BiomarkerTerm,
  partner: string | undefined,
  texts: readonly string[],
  terms: Terminology,
): readonly Alteration[] {
  const origin = wordOf(entry, terms, 'origin', new Set([ORIGIN]));
  const significance = wordOf(entry, terms, 'significance', SIGNIFICANCE);
  const frame = {
    origin: origin === 'somatic' || origin === 'germline' ? origin : 'unknown',
    significance:
      significance === 'pathogenic' || significance === 'uncertain' || significance === 'benign'
        ? significance
        : 'unstated',
  } as const;
  const parsed = texts.length === 0 ? [] : parseAlterations(texts.join(' '), gene);
  const kind = changeKind(entry);
  const copies = copyNumber(entry);
  if (partner !== undefined) return [{ kind: 'fusion', partner, ...frame }];
  if (parsed.length > 0)
    return parsed.map((a) => ({
      ...a,
      kind: a.kind === 'unspecified' && kind !== undefined ? kind : a.kind,
      ...withOrigin(frame, a),
    }));
  // Amplification of a gene is not one extra copy: 6 or more are asked for (as for MET, TATTON and INSIGHT 2).
  if (copies !== undefined)
    return copies >= 6
      ? [{ kind: 'amplification', ...frame }]
      : copies <= 0.5
        ? [{ kind: 'copy-loss', ...frame }]
        : [{ kind: 'unspecified', ...frame, significance: 'uncertain' }];
  return [{ kind: kind ?? 'unspecified', ...frame }];
}

const withOrigin = (frame: Pick<Alteration, 'origin' | 'significance'>, a: Alteration) => ({
  origin: frame.origin === 'unknown' ? a.origin : frame.origin,
  significance: frame.significance,
});

function wordOf(
  entry: ObservationEntry,
  terms: Terminology,
  list: string,
  codes: ReadonlySet<string>,
): string | undefined {
  for (const component of entry.components) {
    const concept =
      among(component.code, codes) && component.value !== undefined ? asConcept(component.value) : undefined;
    const word = concept && terms.word(list, concept);
    if (word !== undefined) return word;
  }
  // The value or a remark may say it: "Present, variant of uncertain significance".
  for (const text of [
    ...conceptTexts(entry.code),
    ...valueTexts(entry.value),
    ...entry.interpretations.flatMap(conceptTexts),
  ]) {
    const word = terms.word(list, { codings: [], text });
    if (word !== undefined && text.length > 4) return word;
  }
  return undefined;
}

function copyNumber(entry: ObservationEntry): number | undefined {
  const value = entry.components.find((c) => among(c.code, COPY_NUMBER))?.value;
  return value?.kind === 'quantity' ? value.quantity.value : undefined;
}

/** Change types: LOINC answer codes of LL379-9 and LL380-7, Sequence Ontology names, words. */
const KINDS: readonly (readonly [RegExp, AlterationKind])[] = [
  [/fusion|translocation|rearrang/i, 'fusion'],
  [/amplification|copy[_ ]number[_ ]gain|LA14033-7/i, 'amplification'],
  [/copy[_ ]number[_ ]loss|LA14034-5/i, 'copy-loss'],
  [/frame-?shift|LA6694-9/i, 'frameshift'],
  [/nonsense|stop[_ ]?gain|LA6699-8/i, 'nonsense'],
  [/missense|LA6698-0/i, 'missense'],
  [/delins|indel|insertion[ _/]*(?:and[ _])?deletion|LA6688-1|LA26325-3/i, 'delins'],
  [/duplication|LA6686-5/i, 'duplication'],
  [/insertion|LA6687-3/i, 'insertion'],
  [/deletion|LA6692-3/i, 'deletion'],
  [/splice|skipping/i, 'splice'],
];

function changeKind(entry: ObservationEntry): AlterationKind | undefined {
  const texts = entry.components
    .filter((c) => among(c.code, CHANGE_PARTS))
    .flatMap((c) => [
      ...valueTexts(c.value),
      ...(c.value?.kind === 'concept' ? c.value.concept.codings.map((k) => k.code ?? '') : []),
    ]);
  for (const [pattern, kind] of KINDS) if (texts.some((t) => pattern.test(t))) return kind;
  return undefined;
}
