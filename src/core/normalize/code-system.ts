// Code systems by their many URIs. Sources write the same system as a canonical URL, an OID, an older URL or a bare
// name; look-ups need one word for it. URIs: FHIR R4 "Using Codes in Resources" (hl7.org/fhir/R4/terminologies-systems.html),
// OIDs: HL7 OID registry; Russian NSI registry OIDs: 1.2.643.5.1.13.13.11.*.

export type CodeSystem =
  | 'snomed'
  | 'loinc'
  | 'icd10'
  | 'icd10pcs'
  | 'icd9'
  | 'icdo3'
  | 'rxnorm'
  | 'atc'
  | 'hgnc'
  | 'nci'
  | 'ucum'
  | 'hgvs'
  | 'cpt'
  | 'other';

const PATTERNS: readonly (readonly [CodeSystem, RegExp])[] = [
  ['snomed', /snomed|\.6\.96$|^sct$/],
  ['loinc', /loinc|\.113883\.6\.1$|1\.2\.643\.5\.1\.13\.13\.11\.1080$/],
  ['icdo3', /icd-?o|\.113883\.6\.43(\.1)?$|1\.2\.643\.5\.1\.13\.13\.11\.1486$/],
  ['icd10pcs', /icd-?10-?pcs|medicare\/coding\/icd10$|\.113883\.6\.4$/],
  [
    'icd10',
    /icd-?10|мкб|\.113883\.6\.3$|\.113883\.6\.90$|1\.2\.643\.5\.1\.13\.13\.11\.1005$|1\.2\.643\.2\.69\.1\.1\.1\.2$/,
  ],
  ['icd9', /icd-?9|\.113883\.6\.103$|\.113883\.6\.42$/],
  ['rxnorm', /rxnorm|\.113883\.6\.88$/],
  ['atc', /whocc|(^|[/:])atc$|\.113883\.6\.73$/],
  ['hgnc', /genenames|hgnc|\.113883\.6\.281$/],
  ['nci', /ncithesaurus|ncicb|nci[-_ ]?(t|thesaurus)|evs\/thesaurus|\.113883\.3\.26\.1\.1$/],
  ['ucum', /unitsofmeasure|ucum|\.113883\.6\.8$/],
  ['hgvs', /hgvs|varnomen|\.113883\.6\.282$/],
  ['cpt', /cpt|hcpcs|\.113883\.6\.12$|\.113883\.6\.285$/],
];

const cache = new Map<string, CodeSystem>();

/** The code system that a recorded system URI, OID or name means; 'other' when it is not one that we know. */
export function codeSystem(system: string | undefined): CodeSystem {
  if (system === undefined || system === '') return 'other';
  const found = cache.get(system);
  if (found !== undefined) return found;
  const key = system.trim().toLowerCase().replace(/\/+$/, '');
  const match = PATTERNS.find(([, pattern]) => pattern.test(key))?.[0] ?? 'other';
  if (cache.size < 1000) cache.set(system, match);
  return match;
}

/** A code in one spelling: upper case, no blanks; ICD-10 without its dot, HGNC without its prefix, RxNorm as digits. */
export function canonicalCode(system: CodeSystem, code: string): string {
  const plain = code.trim().toUpperCase();
  switch (system) {
    case 'icd10':
    case 'icd9':
      return plain.replace(/[.\s†*]/g, '');
    case 'hgnc':
      return plain.replace(/^HGNC:\s*/, '');
    case 'rxnorm':
      return plain.replace(/^RXNORM:\s*/, '');
    default:
      return plain;
  }
}
