// Units that a note leaves out, by the size of the number.

/** Numbers given without a unit, or in the unit of the local habit: haemoglobin in g/dL below 25, creatinine in mg/dL below 15. */
export const HABIT: Readonly<Record<string, (value: number) => string | undefined>> = {
  haemoglobin: (v) => (v < 25 ? 'g/dL' : 'g/L'),
  creatinine: (v) => (v < 15 ? 'mg/dL' : 'umol/L'),
  bilirubin: (v) => (v < 3 ? 'mg/dL' : 'umol/L'),
  albumin: (v) => (v < 7 ? 'g/dL' : 'g/L'),
  calcium: (v) => (v > 5 ? 'mg/dL' : 'mmol/L'),
  platelets: (v) => (v > 3000 ? '/uL' : '10*9/L'),
  neutrophils: (v) => (v > 200 ? '/uL' : '10*9/L'),
  leukocytes: (v) => (v > 800 ? '/uL' : '10*9/L'),
  glucose: (v) => (v > 35 ? 'mg/dL' : 'mmol/L'),
};

/** "BCR-ABL" is no biochemical recurrence, "cis/etoposide" no carcinoma in situ. */
export const meansElse = (phrase: string, plain: string, end: number): boolean =>
  (phrase === 'bcr' && !/psa|prostat|пса|простат/u.test(plain)) ||
  (phrase === 'cis' && /^\s?[/+-]|^ ?gem/u.test(plain.slice(end)));
