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

/** The sentence with the word put in. @param plain lower case */
export const withCancerNamed = (plain: string): string =>
  plain.replace(ALONE, '$& cancer').replace(FROM, (whole) => `${whole} cancer`);

/** "ALL" in capitals, in a text that is not all in capitals and beside what is said of a leukaemia, is no "all". */
const LEUKAEMIA =
  /(?<=(?:^|[,;:(]|\b[BT]-|\bPh[+-]|\bPh[- ]?(?:positive|negative|like) |\b(?:relapsed|refractory|adult|p?a?ediatric|childhood|pre-B|cell|with|of|rearranged|new|diagnosed) )\s?)ALL\b(?=\s*(?:$|[,.;:?(/]|(?:Ph|KMT2A|relaps|refract|in\s|[BT]-|T315I|with|patient|first|newly|CNS|MRD|after|\d)))/gu;

/** @param plain lower case, of the same length as `written` */
export const withLeukaemiaNamed = (plain: string, written: string): string =>
  written === written.toUpperCase()
    ? plain
    : [...written.matchAll(LEUKAEMIA)].reduceRight(
        (text, { index }) => `${text.slice(0, index)}acute lymphoblastic leukemia${text.slice(index + 3)}`,
        plain,
      );
