// A placed candidate as the record shows it, every field filled.
import type { Citation } from '../domain/corpus/text.js';
import type { Source } from '../domain/fact.js';
import type { NodeScore } from '../domain/outcome.js';
import type { BriefOption, CriterionState, Option } from '../domain/recommendation.js';
import { becauseOf } from './band.js';
import { type Candidate, regimenName } from './candidates.js';
import { careOf } from './care/care.js';
import type { CorpusIndex } from './corpus-index.js';
import { conditionsOf, decidingLeaf } from './criteria/conditions.js';
import type { Context, Trace } from './criteria/trace.js';
import { factOf } from './criteria/value.js';
import { say } from './criteria/words.js';
import { evidenceItems } from './evidence-items.js';
import type { ModelNetwork } from './features.js';
import { translate } from './language/translate.js';
import type { Placed } from './place.js';
import { prognosisOf } from './prognosis/option-prognosis.js';
import { drugsOf } from './safety/regimen-drugs.js';
import type { View } from './view.js';

type Lang = 'en' | 'ru' | 'kk';

/** The option without its words. */
export function briefOptionOf(placed: Placed, lang: Lang = 'en'): BriefOption {
  const { candidate, standing, utility } = placed;
  const { decision, indication, regimen } = candidate;
  return {
    decision: decision.id,
    rank: placed.rank,
    band: standing.band,
    provisional: standing.provisional,
    regimen: { id: regimen.id, name: say(regimen.name, lang) },
    indication: indication.id,
    utility: utility?.value ?? null,
    benefit: hasNumbers(placed) ? { gainMonths: placed.score.gain } : null,
    certainty: placed.certainty,
  };
}

/** `all` are the options of the record: an option is the best of those compared only where there is another. */
export function optionOf(placed: Placed, all: readonly Placed[], { context, setting }: View, lang: Lang): Option {
  const { candidate, standing, network, utility } = placed;
  const { decision, indication, regimen, safety } = candidate;
  const prognosis = prognosisOf(regimen, context);
  const care = placed.rank === null ? undefined : careOf(regimen, context, lang);
  return {
    decision: decision.id,
    rank: placed.rank,
    band: standing.band,
    provisional: standing.provisional,
    preference: indication.preference,
    beforeFirstDose: beforeFirstDose(candidate, context, lang),
    regimen: {
      id: regimen.id,
      name: say(regimen.name, lang),
      drugs: drugsOf(regimen),
      modalities: regimen.modalities,
    },
    ...(care && { care }),
    indication: indication.id,
    rationale: say(indication.rationale, lang),
    utility: utility?.value ?? null,
    benefit: benefitOf(placed, all, context, lang),
    ...(prognosis && { prognosis }),
    harm: { grade3Plus: placed.score?.harm ?? null },
    certainty: placed.certainty,
    strength: indication.strength,
    says: indication.says.map(citationInWords),
    criteria: criterionStates(candidate.trace, context.index),
    safety: safety.findings,
    evidence: evidenceItems(
      indication.studies,
      {
        regimen: indication.node ?? regimen.id,
        outcomes: [...(network ? [network.outcome] : []), decision.outcome],
        certainty: placed.certainty,
        network: network?.nodes[indication.node ?? regimen.id]?.studies ?? [],
        populations: populationsOf(indication.network, context.index),
      },
      context.index,
    ),
    explanation: utility?.parts ?? [],
    because: becauseOf(candidate, setting.certain, lang),
    ...trialOf(regimen.id, context.index),
  };
}

/** Which result of each trial the network of the option pools. */
const populationsOf = (network: string | undefined, index: CorpusIndex): ReadonlyMap<string, string> =>
  new Map(
    ((network === undefined ? undefined : index.network(network))?.trials ?? []).flatMap(({ study, population }) =>
      population === undefined ? [] : [[study, population]],
    ),
  );

function trialOf(regimen: string, index: CorpusIndex): Pick<Option, 'trial'> {
  const trial = index.trial(regimen);
  if (trial === undefined) return {};
  const { nct, phase, status, countries, unread } = trial;
  return { trial: { nct, phase, status, countries, updated: trial.updated ?? null, toCheck: unread } };
}

/** The indication's own items and those of the drugs' safety; an item whose fact is on record is not asked for. */
function beforeFirstDose({ indication, safety }: Candidate, context: Context, lang: Lang): readonly string[] {
  const own = indication.beforeFirstDose.flatMap((id) => {
    const item = context.index.corpus.screening.find((s) => s.id === id);
    if (item?.fact !== undefined && factOf(item.fact, context).known) return [];
    return [item ? say(item.name, lang) : id];
  });
  return [...new Set([...own, ...safety.beforeFirstDose])];
}

function benefitOf(placed: Placed, all: readonly Placed[], { index }: Context, lang: Lang): Option['benefit'] {
  if (!hasNumbers(placed)) return null;
  const { network, score, candidate } = placed;
  const { gain, low, high, probabilityBest, survival12, survival24, survival60 } = score;
  const compared = all.filter(
    (p) =>
      p.network === network &&
      p.candidate.decision === candidate.decision &&
      typeof p.score?.probabilityBest === 'number',
  );
  return {
    outcome: network.outcome,
    comparator: regimenName(index, network.reference, lang),
    horizonMonths: network.horizonMonths,
    gainMonths: gain,
    low,
    high,
    probabilityBest: compared.length > 1 ? probabilityBest : null,
    survival: { '12': survival12, '24': survival24, '60': survival60 },
  };
}

type Scored = Placed & { readonly network: ModelNetwork; readonly score: NodeScore };

/** The model has at least one number for it. */
const hasNumbers = (placed: Placed): placed is Scored =>
  placed.network !== undefined &&
  placed.score !== undefined &&
  (placed.score.gain !== null ||
    placed.score.survival12 !== null ||
    placed.score.survival24 !== null ||
    placed.score.survival60 !== null);

export function citationInWords({ body, title, edition, section, pmid }: Citation): string {
  return [body, title, edition, section, pmid && `PMID ${pmid}`].filter(Boolean).join(', ');
}

/** One line for each condition; one that the question and the indication share is said once. */
export function criterionStates(trace: Trace, index: CorpusIndex): readonly CriterionState[] {
  // The setting stands at the head of the record, unless it is what the option waits for.
  const conditions = conditionsOf(trace, index).filter(
    ({ criterion, state }) => !(criterion.op === 'value' && criterion.name === 'setting' && state !== 'unknown'),
  );
  const once = conditions.filter((c, i) => conditions.findIndex((other) => other.text === c.text) === i);
  return once.map((condition) => {
    const { text, state } = condition;
    if (state === 'unknown') return { text, state };
    const { fact, source } = decidingLeaf(condition);
    if (fact === undefined)
      return { text, state, ...(state === 'met' && { fact: translate(index.lang, 'nothing on record against it') }) };
    return { text, state, fact, ...(source && { source: sourceInWords(source) }) };
  });
}

export function sourceInWords(source: Source): string {
  switch (source.kind) {
    case 'resource':
      return source.reference ? `${source.place} (${source.reference})` : source.place;
    case 'text':
      return `${source.document}, characters ${source.start}-${source.end}`;
    case 'derived':
      return `derived from ${source.from}`;
  }
}
