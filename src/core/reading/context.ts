// What the words around a mention make of it: denied, somebody else's, suspected, past, asked about, planned, refused.
import type { Sentence } from './sentence.js';

export interface ContextOf {
  readonly denied: boolean;
  readonly family: boolean;
  readonly suspected: boolean;
  readonly past: boolean;
}

/** A denial reaches up to a comma, a "but" or another clause; a list after it ("no brain, liver or bone metastases") is all denied. */
const DENIED_BEFORE =
  /(?:\b(?:no|not|non(?!-nodal)|without|denies|denied|negative for|absence of|free of|never|nor|ruled out|excluded?|rule out|lacks?|declin\w+|refus\w+)\b|(?<!\p{L})(?:нет|без|не(?! менее| более| позднее| ранее)|отсутству\p{L}*|отриц(?!ательн(?:ый|ого|ому|ым|ом|ая|ой|ую|ое|ые|ых)(?! (?:на|по) ))\p{L}*|исключ\p{L}*|жоқ)(?!\p{L}))(?:(?!\b(?:but|however|although|except|with|which|then|now|who)\b|(?<!\p{L})(?:но|однако|кроме|затем)(?!\p{L})|[;:.]| - )[^;:.]){0,60}$/u;
const DENIED_AFTER =
  /^[^,;:.\n]{0,25}?(?:\b(?:(?<!triple[ -]|her-?2[ -]|her-?2\/neu[ -]|\b(?:er|pr|hr|alk|egfr|ph)[ -]|receptor[ -]|-)negative|not (?:detected|found|seen|identified|present|given|received|done|performed|tolerated|available)|absent|was ruled out|were ruled out|ruled out|excluded|denied)\b|(?<!\p{L})(?:не (?:выявлен|обнаружен|определя|получ|провод|прослежива|визуализир)\p{L}*|нет|отсутству\p{L}*|исключен\p{L}*|жоқ|\p{L}{2,}(?:[мбп]а(?:ған|ды)|[мбп]е(?:ген|ді))|(?<!her-?2[ -]|-)отриц\p{L}*|снят)(?!\p{L}))/u;
const FAMILY =
  /\b(?:family history|mother|father|sister|brother|aunt|uncle|grandmother|grandfather|cousin|daughter|maternal|paternal|relatives?|sibling)\b|(?<!\p{L})(?:у матери|у отца|мать|матери|отец|отца|сестр\p{L}*|брат\p{L}{0,2}|тет[яи]|дяд\p{L}*|бабушк\p{L}*|дедушк\p{L}*|по линии (?:матери|отца)|родственник\p{L}*|дочь|анасы\p{L}*|әкесі\p{L}*|апасы\p{L}*|әпкесі\p{L}*|қарындасы\p{L}*|туыс\p{L}*|семейн\p{L}* анамнез|наследственност\p{L}*)(?!\p{L})/u;
const SUSPECTED =
  /(?:\b(?:suspect\w*|suspicio\w+|possibl[ey]|probabl[ey]|presumed|likely|cannot exclude|query|differential|\?|rule out|concern for|may represent|equivocal for)\b|(?<!\p{L})(?:подозрени\p{L}*|вероятн\p{L}*|предположительн\p{L}*|возможн\p{L}*|нельзя исключить|под вопросом|не исключается)(?!\p{L}))[^;.]{0,50}$/u;
const PAST =
  /\b(?:history of|h\/o|hx of|prior history|previous history|past history|known history|years ago|in (?:19|20)\d\d treated for)\b[^;.,]{0,60}$|(?<!\p{L})(?:в анамнезе|анамнез)[^;.]{0,40}$/u;

export function contextOf(sentence: Sentence, start: number, end: number): ContextOf {
  const { plain } = sentence;
  const before = plain.slice(Math.max(0, start - 110), start);
  const after = plain.slice(end, end + 60);
  return {
    denied: deniedBefore(before) || DENIED_AFTER.test(after),
    family: sentence.section === 'family' || familySaid(plain, start),
    suspected: SUSPECTED.test(before) || /^\s*\(?\?\)?/.test(after),
    past: PAST.test(before),
  };
}

/** What is denied here is whole: the diagnosis after "never smoker, ..." is not. */
const OWN_DENIAL =
  /\bnever[- ]?smok\w*|\bnot (?:surgically )?(?:resectable|operable)\b|\bnon-?smok\w*|\b(?:no|nil|without) (?:significant |other |known |relevant )?(?:co-?morbidit\w+|pmh|past medical history|allerg\w+|family history|complaints|medications?|meds)|(?<!\p{L})не кур\p{L}+|(?<!\p{L})без (?:сопутствующ\p{L}* (?:патолог|заболеван)\p{L}*|вредных привычек|особенностей)/gu;

/** A list after a comma is still denied, a new statement is not: "no T790M, progressed on ...". */
export function deniedBefore(written: string): boolean {
  const before = written.replace(OWN_DENIAL, (m) => ' '.repeat(m.length));
  const match = DENIED_BEFORE.exec(before);
  if (match === null) return false;
  const between = match[0];
  if (
    /\b(?:not only|no longer|not responding|no response|not tolerat\w*|did not)\b/.test(between) &&
    !/,/.test(between)
  )
    return !/no longer|not only/.test(between);
  const comma = between.lastIndexOf(',');
  // "No mutation, 66 years, peripheral artery disease": an age is no part of what is denied.
  if (comma >= 0 && /\d\s?(?:years?|y\/?o|лет|года?)(?!\p{L})/u.test(between)) return false;
  // "Сопутствующей патологии нет, кандидат на ...": what is denied stands before it.
  if (comma >= 0 && /^(?:нет|жоқ|отсутству\p{L}*|отриц\p{L}*)\s*,/u.test(between)) return false;
  // "no heart disease, no plans for ...": what stands behind the last comma has a denial of its own.
  if (comma >= 0 && DENIED_BEFORE.test(between.slice(comma + 1))) return true;
  return (
    comma < 0 || /^(?:[^,;]{0,22},)*\s*(?:and |or |nor |и |или |ни )?\s*[^\s,]{0,16}\s?[^\s,]{0,10}\s?$/u.test(between)
  );
}

/** A relative named before the mention in the same clause. */
function familySaid(plain: string, start: number): boolean {
  const before = plain.slice(0, start);
  const match = [...before.matchAll(new RegExp(FAMILY.source, 'gu'))].at(-1);
  return match !== undefined && !/[.;]/.test(before.slice(match.index)) && start - match.index < 120;
}

export const saysFamily = (plain: string): boolean => FAMILY.test(plain);
