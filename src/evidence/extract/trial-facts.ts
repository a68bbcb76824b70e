// What a document says about its trial: name, registry number, phase, patients, population.
import type { LiteratureDocument, TrialFacts } from '../../domain/literature.js';
import { documentArms } from './arms.js';
import type { Sentence } from './sentences.js';

type Told = Omit<TrialFacts, 'medianFollowUp'>;

export function trialFacts(document: LiteratureDocument, plain: string, all: readonly Sentence[]): Told {
  const arms = documentArms(all);
  return {
    name: trialName(plain, document.titleLength),
    nct: [
      ...new Set([
        ...document.registry.filter((id) => /^NCT\d{8}$/.test(id)),
        ...(plain.match(/\bNCT ?\d{8}\b/g) ?? []).map((id) => id.replace(' ', '')),
      ]),
    ],
    phase: phaseOf(plain),
    n: patients(all),
    population: population(all),
    arms: [arms.intervention, arms.comparator].flatMap((a) => a ?? []),
  };
}

const NAME = String.raw`[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9]*(?:[-/ ][A-Z]?\d[\w.]*|-[A-Z][\w]*)*`;
/** "(KEYNOTE-189)", "the FLAURA trial", "SOLO1 study"; common abbreviations are no names. */
const NO_NAME =
  /^(?:NCT.*|CI|HR|OS|PFS|DNA|RNA|ECOG|RECIST|FDA|US|UK|USA|III|II|IV|RCT|NSCLC|SCLC|HCC|CRC|AML|CLL|ALL|CML|MDS|DLBCL|HER2.*|EGFR.*|ALK.*|BRCA.*|PD-?L?1.*|BRAF.*|KRAS.*|ITT|QOL|WHO|IQR|SD|RT|CT|MRI|PET.*|COVID-19|HPV|HIV)$/;

function trialName(plain: string, titleLength: number): string | null {
  const title = plain.slice(0, titleLength);
  const inTitle = [
    ...title.matchAll(
      new RegExp(
        String.raw`\(\s*(?:the )?(${NAME})(?: (?:trial|study))?\s*[):;,]|^(${NAME}):|:\s*(?:results (?:of|from) )?the (?:\w+ )?(${NAME}) (?:\w+ ){0,2}(?:trial|study)`,
        'g',
      ),
    ),
  ].map((m) => m[1] ?? m[2] ?? m[3] ?? '');
  const told = [
    ...plain.matchAll(
      new RegExp(
        String.raw`\b(?:the |The |In |in )?(${NAME}) (?:(?:randomi[sz]ed|phase|clinical|controlled|III|3|II|2) )*(?:trial|study|Trial|Study)\b|\b(?:number|gov)\b[^.]{0,20}NCT\d{8}[^.]{0,6};?\s*(${NAME})`,
        'g',
      ),
    ),
  ].map((m) => m[1] ?? m[2] ?? '');
  return (
    [...inTitle, ...told].find((name) => name.length > 3 && !NO_NAME.test(name) && /[A-Z].*[A-Z0-9]/.test(name)) ?? null
  );
}

const ROMAN: Readonly<Record<string, string>> = { I: '1', II: '2', III: '3', IV: '4' };

function phaseOf(plain: string): string | null {
  const [, a, b] =
    /\b[Pp]hase[ -]?(I{1,3}V?|IV|[1-4])[ab]?(?:\s?(?:\/|-|and|to)\s?(I{1,3}V?|[1-4])[ab]?)?\b/.exec(plain) ?? [];
  if (a === undefined) return null;
  return [a, b].flatMap((x) => (x === undefined ? [] : [ROMAN[x] ?? x])).join('/');
}

const WORDS = String.raw`(\d[\d,]*|\d{1,3}(?: \d{3})+)`;
const PEOPLE = String.raw`(?:[a-z-]+\s){0,5}?(?:patients|women|men|participants|subjects|adults|children|individuals|people|cases)`;
const RANDOMISED = [
  new RegExp(
    String.raw`\b${WORDS}\s+${PEOPLE}\b[^.;]{0,90}?\b(?:were )?(?:randomi[sz]ed|randomly|assigned|allocated)`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:randomi[sz]ed|randomly assigned|assigned|allocated)\s+(?:a total of\s+)?${WORDS}\s+${PEOPLE}`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:enrolled|recruited|included|total of|entered|enrolling|evaluated|studied|treated)\s+(?:a total of\s+)?${WORDS}\s+${PEOPLE}`,
    'i',
  ),
  new RegExp(
    String.raw`\b${WORDS}\s+${PEOPLE}\b[^.;]{0,60}?\b(?:were )?(?:enrolled|recruited|included|entered|treated|evaluable|accrued|registered|analy[sz]ed)`,
    'i',
  ),
];

function patients(all: readonly Sentence[]): number | null {
  for (const pattern of RANDOMISED)
    for (const { text } of all) {
      const [, number] = pattern.exec(text) ?? [];
      const n = Number(number?.replaceAll(/[, ]/g, ''));
      if (number !== undefined && n > 1) return n;
    }
  return null;
}

const POPULATION =
  /\b(?:in|among|for|of)\s+((?:[\w-]+\s){0,6}(?:patients|women|men|adults|children|participants|people)\s+(?:with|who|aged)\s[^.:;?(]{4,140}|(?:[\w-]+\s){0,4}(?:cancer|carcinoma|melanoma|lymphoma|leuk(?:a)?emia|myeloma|glioblastoma|sarcoma|tumou?rs?|mesothelioma)\b)/i;

function population(all: readonly Sentence[]): string | null {
  for (const { text } of all) {
    const [, who] = POPULATION.exec(text) ?? [];
    if (who !== undefined) return who.replace(/[,\s]+$/, '').replace(/^(?:the|a)\s/, '');
  }
  return null;
}
