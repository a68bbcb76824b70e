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
import { stateOf } from '../criteria/state.js';
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
  readonly findings: readonly SafetyFinding[];
  /** Items without which the option is held back. */
  readonly needsData: readonly string[];
  /** Items to have before the first dose; they do not choose the drug. */
  readonly beforeFirstDose: readonly string[];
}

interface Answered extends RuleFor {
  readonly state: Truth;
  readonly because: readonly string[];
}

/** Rules in the corpus's order of weight: contraindications first, then what is open, then cautions; then screening of the drugs. */
export function assessSafety(input: SafetyInput): SafetyAssessment {
  const { regimen, context, language = 'en' } = input;
  const answered = rulesFor(regimen, context.index).map((asked) => answer(asked, regimen, context));
  const open = answered.filter((a) => a.state === 'unknown');
  const started = alreadyGiven(context.cancerCase);
  const asked = open
    .filter((a) => a.rule.whenUnknown === 'before-first-dose')
    .filter(({ subjects }) => subjects.length === 0 || subjects.some((drug) => !started.has(drug)))
    .map((a) => itemOf(a.rule, language));
  const held = open.filter((a) => a.rule.whenUnknown === 'needs-data');
  const notBegun = ({ subjects }: Answered): boolean => subjects.some((drug) => !started.has(drug));
  const fresh = drugsOf(regimen).filter((drug) => !started.has(drug));
  return {
    findings: [
      ...withoutRepetition(answered.filter((a) => a.state === 'met')).map((a) => found(a, a.rule.verdict, language)),
      ...held.map((a) =>
        found(
          { ...a, because: [translate(language, '{item} is not known', { item: itemOf(a.rule, language) })] },
          'needs-data',
          language,
        ),
      ),
    ].sort((a, b) => WEIGHT[b.verdict] - WEIGHT[a.verdict]),
    needsData: unique([
      ...held.map((a) => itemOf(a.rule, language)),
      ...answered.filter((a) => a.state === 'met' && notBegun(a)).flatMap((a) => words(a.rule, 'needs')),
    ]),
    beforeFirstDose: unique([...asked, ...screeningDue(fresh, context, language)]),
  };
}

const WEIGHT: Readonly<Record<Verdict, number>> = { clear: 0, caution: 1, 'needs-data': 2, contraindicated: 3 };

/** The worst of the findings; clear when there is none. */
export const worstVerdict = (findings: readonly SafetyFinding[]): Verdict =>
  findings.reduce<Verdict>((worst, f) => (WEIGHT[f.verdict] > WEIGHT[worst] ? f.verdict : worst), 'clear');

/** Whether a finding of `assessSafety` contraindicates, without its words. */
export const isContraindicated = (regimen: Regimen, context: Context): boolean =>
  rulesFor(regimen, context.index).some(
    (asked) =>
      asked.rule.verdict === 'contraindicated' &&
      (asked.rule.when ? stateOf(asked.rule.when, context) : answer(asked, regimen, context).state) === 'met',
  );

function answer({ rule, subjects }: RuleFor, regimen: Regimen, context: Context): Answered {
  if (rule.when !== undefined) {
    const { when } = rule;
    const state = stateOf(when, context);
    return { rule, subjects, state, because: state === 'met' ? factsThatDecided(evaluate(when, context)) : [] };
  }
  const check = CHECKS[rule.check ?? ''];
  // A check that this code does not have must not clear: the option is held back until the rule can be read.
  if (check === undefined) {
    const unreadable: SafetyRule = { ...rule, whenUnknown: 'needs-data', item: { en: `safety check "${rule.check}"` } };
    return { rule: unreadable, subjects, state: 'unknown', because: [] };
  }
  return { rule, subjects, ...check({ rule, regimen, context, subjects }) };
}

/** A rule that `yieldsTo` another says the same more weakly; it is left out when the other has spoken at least as strongly. */
function withoutRepetition(met: readonly Answered[]): readonly Answered[] {
  return met.filter(
    ({ rule }) =>
      !met.some(
        (other) =>
          words(rule, 'yieldsTo').includes(other.rule.id) && WEIGHT[other.rule.verdict] >= WEIGHT[rule.verdict],
      ),
  );
}

function found({ rule, because }: Answered, verdict: Verdict, language: 'en' | 'ru' | 'kk'): SafetyFinding {
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

const unique = (items: readonly string[]): readonly string[] => [...new Set(items)];
