// What a bone scan showed, where no word of metastases stands beside it.

export const BONE_SCAN = /\bbone scan\b|(?<!\p{L})(?:остео)?сцинтиграфи\p{L}*(?: костей)?/u;
/** A bone scan that shows something: "bone scan >10 lesions incl. ribs", "остеосцинтиграфия: множественные очаги". */
export const hotBone = (plain: string): readonly RegExpExecArray[] =>
  [
    ...plain.matchAll(
      /(?:\bbone scan\b|(?<!\p{L})(?:остео)?сцинтиграфи\p{L}*(?: костей| скелета)?)[^.;]{0,40}?(?:\b(?:lesions?|foci|hot ?spots?|deposits?|uptake|positive)\b|(?<!\p{L})(?:очаг\p{L}*|гиперфиксаци\p{L}*|накоплени\p{L}*))/gu,
    ),
  ].filter(
    (m) =>
      !/\b(?:no|not|without|negative|clear)\b|(?<!\p{L})(?:без|нет|не)(?!\p{L})/u.test(
        `${m[0]}${plain.slice(m.index + m[0].length, m.index + m[0].length + 14)}`,
      ),
  );
