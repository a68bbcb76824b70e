// What a stage told in part says in full. "T1a" or "in situ" without a word on nodes and metastases: so one speaks of an early tumour that was not found to have spread, and the
// category alone names the setting. Only where T1a is that early: stomach and oesophagus (mucosa), gallbladder (lamina propria); AJCC 8.
import { deniedBefore } from './context.js';
import type { Sentence } from './sentence.js';
import type { StageSaid } from './spread.js';

const ORGAN = /^(?:STOMACH|BILIARY_TRACT)$/;
const LONE = /^([yrau]{0,2}[cp]?)\s?t\s?(?:is|1a)$/iu;

/** The lone category with what goes without saying; undefined where more, or other, is told. */
export function earlyAlone<T extends StageSaid>(stages: readonly T[], organ: string): T | undefined {
  const [only] = stages;
  if (only === undefined || !ORGAN.test(organ) || stages.length > 1 || only.name !== 'TNM') return undefined;
  return LONE.test(only.value) ? { ...only, value: `${only.value} cN0 cM0` } : undefined;
}

/** "Melanoma in situ", "lentigo maligna": within the epidermis, where nothing spreads from (AJCC 8: pTis, stage 0). */
export function inSituOfSkin(
  sentences: readonly Sentence[],
  cancers: readonly { readonly start: number; readonly words: string }[],
): StageSaid | undefined {
  if (sentences.some((s) => INVADES.test(s.plain))) return undefined;
  for (const s of sentences) {
    const own = cancers.some((c) => c.start >= s.start && c.start < s.start + s.plain.length);
    const m = own ? IN_SITU.exec(s.plain) : null;
    if (m !== null && s.section !== 'family' && !deniedBefore(s.plain.slice(Math.max(0, m.index - 30), m.index)))
      return { value: 'pTis cN0 cM0', name: 'TNM', start: s.start + m.index, end: s.start + m.index + m[0].length };
  }
  return undefined;
}
/** A depth, or the word itself: some of it invades. */
const INVADES =
  /\bbreslow\b|\bclark\b|(?<!non-?|no )\binvasi(?:ve|on)\b|(?<!\p{L})(?:бреслоу|кларк)\p{L}*|(?<!\p{L}|не|без )инвази\p{L}*/u;
const IN_SITU =
  /\bmelanoma[ -]in[ -]situ\b|\bin[ -]situ melanoma\b|\blentigo maligna\b(?! melanoma)(?![^.;]*\b(?:invasive|invasion|breslow)\b)|(?<!\p{L})меланом\p{L}* in situ\b|(?<!\p{L})злокачественн\p{L}* лентиго(?![^.;]*(?:инвазив|бреслоу))/u;

/** "No metastases" beside a T and N without an M, or beside no stage at all, is M0 and told. */
export function withDeniedSpread<T extends StageSaid>(
  stages: readonly T[],
  denial: Told | undefined,
): readonly (T | StageSaid)[] {
  if (denial === undefined) return stages;
  if (stages.length === 0) return [{ value: 'cM0', name: 'TNM', ...denial }];
  return stages.length === 1 && stages[0]?.name === 'TNM' && !/m/iu.test(stages[0].value)
    ? [{ ...stages[0], value: `${stages[0].value} cM0` }]
    : stages;
}

interface Told {
  readonly start: number;
  readonly end: number;
}

/** Stage IV alone, of organs whose IVA may be local: a line of systemic treatment is then of metastatic disease. */
export const isBareFour = (
  stages: readonly { readonly name: string; readonly value: string }[],
  organ: string,
): boolean =>
  /^(?:STOMACH|BILIARY_TRACT|PANCREAS|BOWEL)$/.test(organ) &&
  stages.length > 0 &&
  stages.every((x) => x.name === 'Stage group' && /^(?:IV|4)$/.test(x.value));
