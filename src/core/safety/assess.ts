// Safety of one regimen for one case of one patient, by the rules of the corpus: findings, what must be known first, what is still open.
// Safety only removes, demotes or annotates. What is not known never clears: the rule says whether it is asked before the first dose,
// holds the option back, or is left unsaid because the history would have told.
import type { SafetyRule, Verdict } from '../../domain/corpus/drug.js';
import type { Regimen } from '../../domain/corpus/regimen.js';
import type { Citation } from '../../domain/corpus/text.js';
import type { CancerCase } from '../../domain/patient.js';
import type { SafetyFinding } from '../../domain/recommendation.js';
import type { Truth } from '../../domain/truth.js';
import { evaluate } from '../criteria/evaluate.js';
import { verdictsIn } from '../criteria/state.js';
import { goingOn } from '../criteria/therapy.js';
import type { Context } from '../criteria/trace.js';
import { say } from '../criteria/words.js';
import { type Lang, translate } from '../language/translate.js';
import { words } from './check.js';
import { CHECKS } from './checks.js';
import { factsThatDecided } from './deciding-facts.js';
import { drugsOf, type RuleFor, rulesFor } from './regimen-drugs.js';
import { screeningDue } from './screening.js';

export interface SafetyInput {
  readonly regimen: Regimen;
  /** Who is asked, with the decision setting for rules that ask for it. */
  readonly context: Context;
  readonly language?: 'en' | 'ru' | 'kk';
}

export interface SafetyAssessment {
  /** Those of the findings, each once. */
  readonly verdicts: readonly Verdict[];
  readonly findings: readonly SafetyFinding[];
  /** Items without which the option is held back. */
  readonly needsData: readonly string[];
  /** Items to have before the first dose; they do not choose the drug. */
  readonly beforeFirstDose: readonly string[];
}

/** A rule that is met or cannot be told; one that is not met says nothing. */
interface Answered extends RuleFor {
  readonly state: Exclude<Truth, 'not-met'>;
  /** The facts that decided, of a check; those of a criterion are in its trace. */
  readonly because: readonly string[];
}

/** Rules in the corpus's order of weight: contraindications first, then what is open, then cautions; then screening of the drugs. */
export const assessSafety = (input: SafetyInput): SafetyAssessment => new Assessment(input);

/** The verdicts at once, their words when they are looked at: a cohort run reads none. */
class Assessment implements SafetyAssessment {
  readonly verdicts: readonly Verdict[];
  readonly needsData: readonly string[];
  readonly #input: SafetyInput;
  readonly #speaking: readonly Answered[];
  #findings: readonly SafetyFinding[] | undefined;
  #beforeFirstDose: readonly string[] | undefined;

  constructor(input: SafetyInput) {
    const { regimen, context, language = 'en' } = input;
    const ask = verdictsIn(context);
    const answered: Answered[] = [];
    for (const asked of rulesFor(regimen, context.index)) {
      const speaks = answer(asked, regimen, context, ask);
      if (speaks !== undefined) answered.push(speaks);
    }
    const met = withoutRepetition(answered.filter((a) => a.state === 'met'));
    const open = answered.filter((a) => a.state === 'unknown');
    const held = open.filter(isHeld);
    this.verdicts = unique([...met.map((a) => a.rule.verdict), ...(held.length > 0 ? (['needs-data'] as const) : [])]);
    this.needsData = unique([
      ...held.map((a) => itemOf(a.rule, language)),
      ...answered
        .filter((a) => a.state === 'met' && a.rule.parameters.needs !== undefined && notBegun(a, context))
        .flatMap((a) => words(a.rule, 'needs')),
    ]);
    this.#input = input;
    this.#speaking = [...met, ...open];
  }

  get findings(): readonly SafetyFinding[] {
    const { context, language = 'en' } = this.#input;
    this.#findings ??= this.#speaking
      .flatMap((a) => {
        if (a.state === 'met') return [found(a, a.rule.verdict, factsBehind(a, context), language)];
        if (!isHeld(a)) return [];
        const notKnown = translate(language, '{item} is not known', { item: itemOf(a.rule, language) });
        return [found(a, 'needs-data', [notKnown], language)];
      })
      .sort((a, b) => WEIGHT[b.verdict] - WEIGHT[a.verdict]);
    return this.#findings;
  }

  get beforeFirstDose(): readonly string[] {
    const { regimen, context, language = 'en' } = this.#input;
    const started = alreadyGiven(context.cancerCase);
    const fresh = drugsOf(regimen).filter((drug) => !started.has(drug));
    this.#beforeFirstDose ??= unique([
      ...this.#speaking
        .filter((a) => a.state === 'unknown' && a.rule.whenUnknown === 'before-first-dose')
        .filter((a) => a.subjects.length === 0 || notBegun(a, context))
        .map((a) => itemOf(a.rule, language)),
      ...screeningDue(fresh, context, language),
    ]);
    return this.#beforeFirstDose;
  }
}

/** What is not known holds the option back. */
const isHeld = ({ state, rule }: Answered): boolean => state === 'unknown' && rule.whenUnknown === 'needs-data';

/** One of the drugs is still to be given for the first time. */
function notBegun({ subjects }: RuleFor, { cancerCase }: Context): boolean {
  const started = alreadyGiven(cancerCase);
  return subjects.some((drug) => !started.has(drug));
}

const WEIGHT: Readonly<Record<Verdict, number>> = { clear: 0, caution: 1, 'needs-data': 2, contraindicated: 3 };

/** The worst of the findings; clear when there is none. */
export const worstVerdict = (findings: readonly SafetyFinding[]): Verdict =>
  findings.reduce<Verdict>((worst, f) => (WEIGHT[f.verdict] > WEIGHT[worst] ? f.verdict : worst), 'clear');

/** Undefined when the rule is not met. */
function answer(
  { rule, subjects }: RuleFor,
  regimen: Regimen,
  context: Context,
  ask: ReturnType<typeof verdictsIn>,
): Answered | undefined {
  if (rule.when !== undefined) {
    const { state } = ask(rule.when);
    return state === 'not-met' ? undefined : { rule, subjects, state, because: [] };
  }
  const check = CHECKS[rule.check ?? ''];
  // A check that this code does not have must not clear: the option is held back until the rule can be read.
  if (check === undefined) {
    const unreadable: SafetyRule = { ...rule, whenUnknown: 'needs-data', item: { en: `safety check "${rule.check}"` } };
    return { rule: unreadable, subjects, state: 'unknown', because: [] };
  }
  const { state, because } = check({ rule, regimen, context, subjects });
  return state === 'not-met' ? undefined : { rule, subjects, state, because };
}

/** A rule that `yieldsTo` another says the same more weakly; it is left out when the other has spoken at least as strongly. */
function withoutRepetition(met: readonly Answered[]): readonly Answered[] {
  if (met.length < 2) return met;
  return met.filter(
    ({ rule }) =>
      !met.some(
        (other) =>
          words(rule, 'yieldsTo').includes(other.rule.id) && WEIGHT[other.rule.verdict] >= WEIGHT[rule.verdict],
      ),
  );
}

const factsBehind = ({ rule, because }: Answered, context: Context): readonly string[] =>
  rule.when === undefined ? because : factsThatDecided(evaluate(rule.when, context));

function found(
  { rule }: Answered,
  verdict: Verdict,
  because: readonly string[],
  language: 'en' | 'ru' | 'kk',
): SafetyFinding {
  const facts = because.length > 0 ? ` (${because.join('; ')})` : '';
  return { verdict, rule: rule.id, message: `${say(rule.message, language)}${facts}`, sources: rule.sources.map(cite) };
}

/** "FDA label: Cisplatin injection, 5.2", with what is there. */
function cite({ body, title, edition, section, pmid }: Citation): string {
  const what = [title, edition, section && `section ${section}`, pmid && `PMID ${pmid}`].filter((part) => part);
  return what.length > 0 ? `${body}: ${what.join(', ')}` : body;
}

const itemOf = (rule: SafetyRule, lang: Lang): string =>
  rule.item === undefined ? rule.id.replaceAll('-', ' ') : say(rule.item, lang);

/** Drugs of a course that is going on: their first dose is behind. */
const alreadyGiven = (cancerCase: CancerCase): ReadonlySet<string> =>
  new Set(cancerCase.courses.filter((c) => goingOn(c) === 'met').flatMap((c) => c.drugs));

const unique = <T>(items: readonly T[]): readonly T[] => (items.length < 2 ? items : [...new Set(items)]);
