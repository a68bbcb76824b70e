// Daily speech that leaves the word "cancer" out: "metastatic colorectal, first line", "brain metastases from breast". Organs where
// metastases are found (lung, liver, brain, bone) say nothing so: "metastatic liver lesions" are not of the liver.

const ORGAN =
  'breast|prostate|colorectal|colon|rectal|gastric|stomach|pancreatic|pancreas|ovarian|ovary|cervical|endometrial|bladder|urothelial|renal|kidney|o?esophageal|head and neck|thyroid|biliary|testicular';
const STATE =
  'metastatic|advanced|locally advanced|resected|recurrent|relapsed|early|localized|localised|stage (?:i{1,3}|iv)[a-d]?';
const ALONE = new RegExp(
  `\\b(?:${STATE}) (?:${ORGAN})\\b(?=\\s*(?:$|[,.;:?(/+]|(?:first|second|third|1st|2nd|3rd|[1-3]l|with|after|post|progress\\w*|patient|in|on|and|what|ecog|her2|msi|mss|kras|ras|braf|brca)\\b))`,
  'gu',
);
const FROM = new RegExp(
  `\\b(?:metasta[st]\\w*|mets)\\b((?: [\\p{L}\\d]+){0,2}) (?:from|of) (?:an? |the )?(${ORGAN}|lung)\\b(?! (?:cancer|carcinoma|primary|adeno))`,
  'gu',
);

/** "Larynx T3N1", "oropharynx, cT2N0": an organ with a stage is its cancer. */
const STAGED =
  /\b(?:larynx|oropharynx|hypopharynx|nasopharynx|oral cavity|tongue|tonsil|glottis|breast|lung|prostate|bladder|kidney|stomach|o?esophagus|colon|rectum|anal canal|anus|pancreas|cervix|endometrium|vulva|vagina|penis|thyroid)(?=,?(?: (?:hpv|p16)[- ]?(?:positive|negative|\+|-)?)? [cpy]{0,2}t[0-4][a-d]?\s?n[0-3x])/gu;

const PRIMARY = new RegExp(`\\b(?:${ORGAN})(?= primary\\b(?! (?:cancer|carcinoma|tumou?r)))`, 'gu');

/** The sentence with the word put in. @param plain lower case */
export const withCancerNamed = (plain: string): string =>
  plain
    .replace(ALONE, '$& cancer')
    .replace(PRIMARY, '$& cancer')
    .replace(STAGED, 'cancer of $&')
    .replace(FROM, (whole) => `${whole} cancer`);

/** "ALL" in capitals, in a text that is not all in capitals and beside what is said of a leukaemia, is no "all". */
const LEUKAEMIA =
  /(?<=(?:^|[,;:(]|\b[BT]-|\bPh[+-]|\bPh[- ]?(?:positive|negative|like) |\b(?:relapsed|refractory|adult|p?a?ediatric|childhood|pre-B|cell|with|of|rearranged|new|diagnosed) )\s?)ALL\b(?=\s*(?:$|[,.;:?(/]|(?:Ph|KMT2A|relaps|refract|in\s|[BT]-|T315I|with|patient|first|newly|CNS|MRD|after|\d)))/gu;

/**
 * Two letters that name a disease of the blood where the sentence is about one, and something else elsewhere: "FL grade 2, FLIPI 3", "MM, ISS II",
 * "PV, Hct 54". Each with the words that must stand in the same sentence.
 */
const SHORT: readonly (readonly [RegExp, string, RegExp])[] = [
  [
    /(?<![\p{L}\d])FL(?![\p{L}\d])/gu,
    'follicular lymphoma',
    /flipi|gelf|lymphom|grade|relaps|rituximab|r-chop|obinutuz|bendamust|pod24|stage|лимфом/u,
  ],
  [
    /(?<![\p{L}\d.] ?)MM(?![\p{L}\d])/gu,
    'multiple myeloma',
    /\br?-?iss\b|\big[ga]\b|kappa|lambda|flc|bortez|lenalid|pomalid|dara|\bvrd|\bkrd|\brvd|asct|transplant|m-?spike|m-?protein|lytic|relaps|del\(?17p|refract|new/u,
  ],
  [
    /(?<![\p{L}\d])HL(?![\p{L}\d])/gu,
    'classical Hodgkin lymphoma',
    /abvd|hodgkin|stage|relaps|refract|brentux|beacopp|pet|nodular|bulk/u,
  ],
  [
    /(?<![\p{L}\d])PV(?![\p{L}\d])/gu,
    'polycythemia vera',
    /jak2|hct|haematocrit|hematocrit|phlebot|hydroxy|thrombos|v617f/u,
  ],
  [
    /(?<![\p{L}\d])ET(?![\p{L}\d])/gu,
    'essential thrombocythemia',
    /jak2|calr|mpl\b|plt|platelet|hydroxy|anagrel|thrombocyt/u,
  ],
  [/(?<![\p{L}\d])(?:PMF|MF)(?![\p{L}\d])/gu, 'primary myelofibrosis', /dipss|jak2|calr|ruxolit|spleno|spleen|mipss/u],
  [/(?<![\p{L}\d])HCL(?![\p{L}\d])/gu, 'hairy cell leukemia', /braf|cladrib|pentost|spleno|cytopen|hairy|relaps/u],
  [/(?<![\p{L}\d])AL(?= amyloid)/gu, 'systemic AL', /amyloid/u],
];

/** @param plain lower case, of the same length as `written` */
export function withLeukaemiaNamed(plain: string, written: string): string {
  if (written === written.toUpperCase()) return plain;
  const found = [
    ...[...written.matchAll(LEUKAEMIA)].map((m) => ({ at: m.index, length: 3, name: 'acute lymphoblastic leukemia' })),
    ...SHORT.filter(([, , near]) => near.test(plain)).flatMap(([pattern, name]) =>
      [...written.matchAll(pattern)].map((m) => ({ at: m.index, length: m[0].length, name })),
    ),
  ].sort((a, b) => a.at - b.at);
  return found.reduceRight(
    (text, { at, length, name }) => `${text.slice(0, at)}${name}${text.slice(at + length)}`,
    plain,
  );
}
