// What a word beside the name of a disease says in that disease: "high-risk MDS", "нейробластома высокого риска" its group of risk; "symptomatic",
// "with cytopenias", "B symptoms" of an indolent lymphoid disease that it needs treatment. Which fact, for which disease: notes.yaml.
import { cancerTree } from '../normalize/cancer-tree.js';
import type { Terminology } from '../normalize/terminology.js';
import { deniedBefore } from './context.js';
import type { CancerSaid } from './diagnosis.js';
import type { Lexicon } from './lexicon.js';
import type { Sentence } from './sentence.js';

export interface RiskFact {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const RISK =
  /\b((?:very[ -])?(?:high|low)(?:er)?|intermediate|standard|average)[- ]risk\b(?: (?:group|disease))?(?! (?:cytogen|mutation|factor|feature|of\b|for\b|hpv|molecular|fish|patholog|histolog|type|surg|anesth|score))|(?<!\p{L})((?:очень |крайне )?(?:высок|низк|промежуточн|стандартн)\p{L}{2,3}) (?:групп\p{L} )?риск(?:а|ом)?(?!\p{L})(?! (?:тромб|кровот|осложн|по |операц|развит))/u;
/** "High risk.", "Группа низкого риска.": a sentence of its own is of the disease. */
const ALONE = /^[\s.]*(?:group|disease|группа|группы|category|stratification)?[\s:.]*$/u;
const RUSSIAN: readonly (readonly [RegExp, string])[] = [
  [/^(?:очень|крайне) высок/u, 'very high'],
  [/^очень низк/u, 'very low'],
  [/^высок/u, 'high'],
  [/^низк/u, 'low'],
  [/^промежуточн/u, 'intermediate'],
  [/^стандартн/u, 'standard'],
];

const NEED =
  /\bsymptomatic\b(?! (?:brady|heart|aort|coron|hypo|atrial|angina|gall|chole|hernia|treatment|therapy|relief))|\bwith (?:b[- ])?symptoms\b|\bb[- ]symptoms\b|\b(?:pan)?cytopa?eni(?:as?|c)\b|(?<!\b(?:mild|no|iron[- ]deficiency|h?a?emolytic|autoimmune) )\bana?emi[ac]\b|\b(?:need|requir)(?:s|ing|ed)? (?:of )?(?:treatment|therapy)\b|(?<!\p{L})(?:симптомн\p{L}*|симптоматическ\p{L}* (?:течени|заболев|болезн)\p{L}*|с симптомами|симптомы(?! (?:тревож|депресс))|[вb]-симптом\p{L}*|(?:пан)?цитопени\p{L}*|(?<!(?:л[её]гк|гемолитическ|аутоиммунн|железодефицитн)\p{L}* )анеми(?:я|и|ей|ю)(?! (?:л[её]гк|нет))|(?:требует|нуждается в) (?:лечени|терапи)\p{L}*)(?!\p{L})/u;
/** Without symptoms; of an indolent lymphoma that alone does not say that nothing else asks for treatment. */
const FREE = /\basymptomatic\b|(?<!\p{L})бессимптомн\p{L}*/u;
/** Of a tumour that does not spread: what it does to the patient. */
const GROWS =
  /\b(?:growing|enlarging|pain(?:ful)?)\b|(?<!\p{L})(?:растущ\p{L}*|растет|рост|увеличивается|боль|боли|болью|болями|болезненн\p{L}*)(?!\p{L})/u;
const NEED_DENIED = /^[^,;.]{0,18}?(?:\b(?:absent|denied|none|no\b)|(?<!\p{L})(?:нет|отсутств|не ))/u;

export function riskFacts(
  sentences: readonly Sentence[],
  cancers: readonly CancerSaid[],
  lexicon: Lexicon,
  terms: Terminology,
): readonly RiskFact[] {
  const tree = cancerTree(terms.vocabulary);
  const of = (list: string): readonly string[] =>
    Object.entries(lexicon.corpus.vocabulary.facts.find((f) => f.id === list)?.words ?? {})
      .filter(([, w]) =>
        (w.phrases ?? []).some((p) => cancers.some((c) => c.oncotree !== '' && tree.isA(c.oncotree, p.toUpperCase()))),
      )
      .map(([fact]) => fact);
  const own = sentences.filter((s) => s.section !== 'family' && s.section !== 'comorbidity');
  const named = (fact: string): boolean =>
    own.some((s) => lexicon.find('fact', s.plain).some((h) => h.named.id === fact));
  // "МДС высокого риска IPSS-R": the word stands before the name of the score.
  const beforeName = (risk: RiskFact, fact: string): boolean =>
    own.some((s) =>
      lexicon
        .find('fact', s.plain)
        .some((h) => h.named.id === fact && [0, 1, 2, 3, 4].includes(s.start + h.start - risk.end)),
    );
  const risks = of('disease-risk').flatMap((fact) =>
    own
      .flatMap((s) => riskIn(s, cancers, fact, terms) ?? [])
      .filter((risk) => !named(fact) || beforeName(risk, fact))
      .slice(0, 1),
  );
  const needs = of('disease-need')
    .filter((fact) => !named(fact))
    .flatMap((fact) => own.flatMap((s) => needIn(s, fact, terms) ?? []).slice(0, 1));
  return [...risks, ...needs];
}

/** The risk of the sentence that names the disease. */
function riskIn(s: Sentence, cancers: readonly CancerSaid[], fact: string, terms: Terminology): RiskFact | undefined {
  const m = RISK.exec(s.plain);
  const beside =
    ALONE.test(s.plain.replace(RISK, '')) ||
    cancers.some((c) => c.start >= s.start && c.start < s.start + s.plain.length);
  if (m === null || !beside || deniedBefore(s.plain.slice(Math.max(0, m.index - 30), m.index))) return undefined;
  const said = RUSSIAN.find(([p]) => p.test(m[2] ?? ''))?.[1] ?? (m[1] ?? '').replace('-', ' ').replace(/er$/, '');
  const value = [said, `${said} risk`].map((w) => terms.wholeWord(fact, w)).find((w) => w !== undefined);
  return value === undefined ? undefined : at(s, m, fact, value, terms);
}

function needIn(s: Sentence, fact: string, terms: Terminology): RiskFact | undefined {
  const free = fact === 'treatment-need' ? null : FREE.exec(s.plain);
  if (free !== null && !s.asks) return at(s, free, fact, 'no', terms);
  const m = NEED.exec(s.plain) ?? (fact === 'treatment-need' ? null : GROWS.exec(s.plain));
  if (
    m === null ||
    s.asks ||
    deniedBefore(s.plain.slice(Math.max(0, m.index - 40), m.index)) ||
    NEED_DENIED.test(s.plain.slice(m.index + m[0].length))
  )
    return undefined;
  return at(s, m, fact, 'yes', terms);
}

function at(s: Sentence, m: RegExpExecArray, fact: string, value: string, terms: Terminology): RiskFact | undefined {
  const term = terms.term('fact', fact);
  if (term === undefined) return undefined;
  return {
    name: term.phrases[0] ?? term.name.en,
    value,
    start: s.start + m.index,
    end: s.start + m.index + m[0].length,
  };
}
