// Who the note is about: age and sex, by number and noun, by the grammar of Russian, by what only women or men have.
import type { Sentence } from './sentence.js';

export interface PersonSaid {
  /** In years; a child's of so many months is a part of them. */
  readonly age?: number;
  readonly sex?: 'female' | 'male';
  readonly born?: string;
  /** Where age and sex are told. */
  readonly ageAt?: SpanSaid;
  readonly sexAt?: SpanSaid;
}

interface SpanSaid {
  readonly start: number;
  readonly end: number;
}

const AGE =
  /(?:\b(\d{1,3})[- ]?(?:(?:years?|yrs?)[- ]?(?:old|of age)|(?:yo|y\/o|y\.o\.)|(?:years?|yrs?|y)\b)(?!\s*(?:ago|later|after|of (?:therapy|treatment|survival|smoking|remission|follow)|history|pack|since|prior|before|disease|relapse|survival|from|post|interval|remission|duration|follow|overall|event|progression|smok|on (?!dialysis)))|\bage[d]?(?:\/sex)?:?\s*(?:of )?(\d{1,3})\b(?![ -]?mo)|\b(\d{2})\s?\/\s?(?=[mf]\b)|\b(\d{2})[- ]?(?=[mf](?:[\s,.;)]|$))|(?<![\d.,])(\d{1,3})\s*(?:лет|года?|(?<=\d\d\s?)л\.?|(?<=\d\d\s?)г\.?(?=,? ?(?:муж|жен|ж|м)(?:[\s.,]|$)))(?=[\s,.:;)?]|$)(?!\s*(?:назад|спустя|после|терапии|лечения|ремиссии|наблюдения|стаж|курения))|(?<![\d.,])(\d{1,3})\s?-?\s?летн(?:ий|яя|его|ей|ему|юю|им|ем)(?!\p{L})(?! (?:ремисс|анамнез|стаж|наблюд|перерыв|безрецидив|выжива|лечен|прием))|возраст\p{L}*:?\s*(\d{1,3})|(?<![\d.,])(\d{1,3}) ?жас(?:та|ар|тағы)?(?!\p{L})|(?<!\p{L})(?:m|f|male|female|woman|man|boy|girl|lady|gentleman|patient|child|mr\.? \p{L}+\.?|mrs\.? \p{L}+\.?|женщин[аеуы]|мужчин[аеуы]|девушка|девочка|мальчик|ребенок|больн(?:ая|ой)|пациентк[аеуи]|пациент[ау]?|пац\.?|жен\.?|муж\.?|ж|м),?\s(?:of\s|aged\s|,\s)?\(?(\d{1,2})(?=(?:\s?г\.?)?(?:[\s,.;)]|$))(?!\s?(?:%|mg|мг|cycles?|weeks?|months?|days?|lines?|курс|недел|месяц|мес|дн|лини|кг|kg|см|cm|мм|mm|нед|г\/л))|^\s*(\d{2})\s?г(?=\.?,))/gu;
const BORN =
  /(?:\b(?:dob|date of birth|born(?: on| in)?)\b|(?<!\p{L})(?:дата рождения|д\.?\s?р\.?|год рождения|г\.р\.)(?!\p{L}))\s*:?\s*(\d{1,2}[./]\d{1,2}[./](\d{4})|(\d{4})-\d{2}-\d{2}|(\d{4}))|(?<!\d)((?:19|20)\d\d) ?г\.?\s?р\./u;

const FEMALE =
  /\b(?:female|woman|lady|girl|she|her|mrs|(?<!stage )ms|f(?=[\s,.)]|$)(?<=\d ?f))\b|(?<!\p{L})(?:женщин\p{L}*|девочк\p{L}*|пациентк\p{L}*|больная|больной она|(?<=(?:\d|лет|года?|л\.?|г\.?),? )(?:жен|ж)(?![\p{L}/])|жен\.|жен(?=\s\d)|ж\.?(?=[,\s]\s*\d)|девушк\p{L}*|әйел|желает|беременна|получала|принимала|прооперирована|обследована|обратилась|переносила|прошла)(?!\p{L})|\d ?f(?=[\s,.;)]|$)|\b\d{1,3} ?(?:yo|y\/o|y\.?o\.?|yrs?|y) ?f\b|\d\s?\/\s?f\b|\bf\s?\/\s?\d\d\b/u;
const MALE =
  /\b(?:male|man|gentleman|boy|he|his|him|mr|m(?=[\s,.)]|$)(?<=\d ?m))\b|(?<!\p{L})(?:мужчин\p{L}*|мальчик\p{L}*|больного|больному|пациент(?:а|у|ом)?|больной|(?<=(?:\d|лет|года?|л\.?|г\.?),? )(?:муж|м)(?![\p{L}/])|муж\.|(?<=(?:\d|лет|года?|л\.?|г\.?),? )(?:муж|м)|м\.?(?=[,\s]\s*\d)|муж(?=\s\d)|юнош\p{L}*|ер адам|ер кісі|получал|принимал|прооперирован|обследован|обратился|прошел)(?!\p{L})|\d ?m\b|\b(?:yo|y\/o|y\.?o\.?|yrs?|y) m\b|\d\s?\/\s?m\b|\bm,\s?\d\d|\bm\s?\/\s?\d\d\b/u;
const FEMALE_ONLY =
  /\b(?:ovarian|ovary|cervical cancer|endometri\w+|uterine|uterus|vulva\w*|(?:post|pre|peri)-?menopausal|pregnan\w+|gestational trophoblastic|choriocarcinoma of uterus|hysterectomy)\b|(?<!\p{L})(?:яичник\p{L}*|шейк\p{L}* матки|эндометри\p{L}*|тел\p{L}* матки|вульв\p{L}*|менопауз\p{L}*|постменопауз\p{L}*|пременопауз\p{L}*|беременн\p{L}*)(?!\p{L})/u;
const MALE_ONLY =
  /\b(?:prostat\w+|testic\w+|testis|penile|penis|seminoma|crpc|mcrpc|mhspc|psa)\b|(?<!\p{L})(?:предстательн\p{L}*|простат\p{L}*|яичк\p{L}*|полового члена|рпж|пса)(?!\p{L})/u;

export function personSaid(sentences: readonly Sentence[]): PersonSaid {
  const own = sentences.filter((s) => s.section !== 'family');
  const age = ageIn(own);
  const born = own.map((s) => BORN.exec(s.plain)).find((m) => m !== null);
  const year = born?.[2] ?? born?.[3] ?? born?.[4] ?? born?.[5];
  const sex = sexIn(own);
  return {
    ...(age === undefined ? {} : { age: age.value, ageAt: age.at }),
    ...(sex === undefined ? {} : { sex: sex.value, ...(sex.at === undefined ? {} : { sexAt: sex.at }) }),
    ...(year === undefined ? {} : { born: year }),
  };
}

/** "14 months old", "ребёнок 8 месяцев", and "18 months" alone between commas where the note is about a child. */
const MONTHS =
  /\b(\d{1,2})[- ]?(?:months?|mo)[- ]?(?:old|of age)\b|(?:\baged?|\b(?:infant|child|baby|boy|girl|newborn)|(?<!\p{L})(?:ребен\p{L}*|мальчик\p{L}*|девочк\p{L}*|младен\p{L}*|возраст\p{L}*))[,:]?\s(?:of\s)?(\d{1,2})[- ]?(?:months?|mo|мес\p{L}*|м)(?!\p{L})|(?:^|[,.(])\s*(\d{1,2})[- ]?(?:months?|mo|мес\p{L}*)\.?\s*(?=[,.;)?]|$)/gu;
const OF_A_CHILD =
  /\b(?:neuro|retino|hepato|medullo|nephro)blastoma|\bwilms|\brhabdo(?:myosarcoma|id)|\b(?:infant\w*|child|baby|boy|girl|newborn|congenital)\b|(?<!\p{L})(?:нейро|ретино|гепато|медулло|нефро)бластом|вильмс|рабдо|(?<!\p{L})(?:ребен|мальчик|девочк|младен|врожденн)/u;

function monthsIn(sentences: readonly Sentence[]): { readonly value: number; readonly at: SpanSaid } | undefined {
  const child = sentences.some((s) => OF_A_CHILD.test(s.plain));
  for (const { plain, start } of sentences)
    for (const m of plain.matchAll(MONTHS)) {
      const months = Number(m[1] ?? m[2] ?? m[3]);
      if (months > 0 && months <= 47 && (m[3] === undefined || child))
        return { value: months / 12, at: { start: start + m.index, end: start + m.index + m[0].length } };
    }
  return undefined;
}

function ageIn(sentences: readonly Sentence[]): { readonly value: number; readonly at: SpanSaid } | undefined {
  const months = monthsIn(sentences);
  const years = yearsIn(sentences);
  return months !== undefined && (years === undefined || months.at.start < years.at.start) ? months : years;
}

function yearsIn(sentences: readonly Sentence[]): { readonly value: number; readonly at: SpanSaid } | undefined {
  const told = sentences.flatMap(({ plain, start }) =>
    [...plain.matchAll(AGE)].flatMap((m) => {
      const age = Number(m.slice(1).find((g) => g !== undefined));
      const before = plain.slice(Math.max(0, m.index - 22), m.index);
      const at = { start: start + m.index, end: start + m.index + m[0].length };
      return age >= 1 && age <= 105 && !NO_AGE.test(before)
        ? [{ value: age, at, person: PERSON.test(before + m[0]) }]
        : [];
    }),
  );
  // "Иматиниб 9 лет ... Женщина 48 лет": the years beside the person, where a few years stand before.
  const [first] = told;
  const named = told.find((t) => t.person);
  const chosen =
    first !== undefined && first.value < 18 && !first.person ? (named ?? first) : (first ?? bareAge(sentences));
  return chosen && { value: chosen.value, at: chosen.at };
}
/** "AML, FLT3-ITD, 52, fit": two digits alone between commas of a short question, where nothing else is an age and no measure has its name there. */
function bareAge(sentences: readonly Sentence[]): { readonly value: number; readonly at: SpanSaid } | undefined {
  if (sentences.reduce((sum, s) => sum + s.plain.length, 0) > SHORT) return undefined;
  const told = sentences.flatMap(({ plain, start }) =>
    [...plain.matchAll(/[,;]\s*(?:approx\.? )?([2-9]\d)(?=\s*(?:[,;?]|\.?\s*$))/gu)].flatMap((m) =>
      MEASURED.test(plain.slice(0, m.index))
        ? []
        : [
            {
              value: Number(m[1]),
              at: { start: start + m.index + m[0].length - 2, end: start + m.index + m[0].length },
            },
          ],
    ),
  );
  return told.length === 1 ? told[0] : undefined;
}
const SHORT = 240;
const MEASURED =
  /(?:^|[,;.]\s*)(?:ki-?67|psa|cea|ca ?\d{2,3}(?:-\d)?|afp|ldh|hb|hgb|plt|wbc|esr|tps|cps|bmi|egfr|crcl|creatinine|platelets|blasts|score|rs|gleason|size|пса|рэа|лдг|соэ|тромб\p{L}*|креатинин\p{L}*|бласт\p{L}*|имт|скф|размер\p{L}*)$/u;

const NO_AGE =
  /(?:for|over|within|during|after|last|past|в течение|около|на протяжении|более|через|спустя|стаж|smok\w*|курит|диагноз\p{L}* в|at the age of|at age|в возрасте)\s*$/u;
const PERSON =
  /\b(?:m|f|male|female|woman|man|boy|girl|lady|gentleman|patient|child|infant|old|yo|y\/o)\b|(?<!\p{L})(?:женщин|мужчин|девушк|девочк|мальчик|ребен|больн|пациент|жен|муж|ж|м|возраст|жаста)\p{L}*/u;

/** What names the patient first decides; the anatomy only where nothing does. */
function sexIn(
  sentences: readonly Sentence[],
): { readonly value: NonNullable<PersonSaid['sex']>; readonly at?: SpanSaid } | undefined {
  for (const { plain, start } of sentences) {
    const at = (m: RegExpExecArray): SpanSaid => ({ start: start + m.index, end: start + m.index + m[0].length });
    const patient = plain.replace(/\b(?:his|her) (?:mother|father|sister|brother|wife|husband|daughter|son)\b/g, (m) =>
      ' '.repeat(m.length),
    );
    const f = FEMALE.exec(patient);
    const m = MALE.exec(patient);
    if (f !== null && (m === null || f.index <= m.index || /пациентк|больная|женщин/u.test(f[0])))
      return { value: 'female', at: at(f) };
    if (m !== null)
      return { value: FEMALE_ONLY.test(patient) && !/мужчин|male|man\b/u.test(m[0]) ? 'female' : 'male', at: at(m) };
  }
  const all = sentences.map((s) => s.plain).join(' ');
  if (FEMALE_ONLY.test(all)) return { value: 'female' };
  return MALE_ONLY.test(all) ? { value: 'male' } : undefined;
}
