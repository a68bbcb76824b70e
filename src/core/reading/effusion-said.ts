// Effusions in which tumour cells were found: of any tumour but one of the pleura itself they are metastases (AJCC 8: M1a in lung, M1 elsewhere;
// FIGO 2014: IVA of the ovary).
import { deniedBefore } from './context.js';

const PLEURA =
  /\bmalignant pleural effusions?\b|\bpleural effusion[^.;,]{0,24}(?:\b(?:cytolog\p{L}*|malignan\p{L}*)(?: (?:was |is )?(?:positive|pos\b))|\bpositive cytology|cytology ?\+|\bpositive for (?:malignan\p{L}*|adenocarcinoma|carcinoma))|(?<!\p{L})(?:злокачественн|специфическ|метастатическ|карциноматозн|опухолев)\p{L}* (?:плеврит\p{L}*|плевральн\p{L}* выпот\p{L}*)|(?<!\p{L})(?:плеврит\p{L}*|плевральн\p{L}* выпот\p{L}*)[^.;,]{0,8}цитолог\p{L}*[^.;,]{0,12}(?:\+|полож|подтв|верифиц)\p{L}*/gu;

export interface EffusionSite {
  readonly id: string;
  readonly phrase: string;
  readonly start: number;
  readonly end: number;
}

export const malignantEffusions = (plain: string): readonly EffusionSite[] =>
  [...plain.matchAll(PLEURA)]
    .filter((m) => !deniedBefore(plain.slice(Math.max(0, m.index - 40), m.index)))
    .filter(
      (m) =>
        !/(?:\?|\bsuspect\p{L}*|\bpossible|подозр\p{L}*)\s*$/u.test(plain.slice(Math.max(0, m.index - 14), m.index)),
    )
    .slice(0, 1)
    .map((m) => ({ id: 'pleura', phrase: 'pleura', start: m.index, end: m.index + m[0].length }));
