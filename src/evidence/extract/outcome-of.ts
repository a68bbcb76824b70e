// Which outcome an effect is of: what stands under its mention, right behind it, before it in the sentence, or in the sentence before.
import type { Effect } from './effects.js';
import type { OutcomeHit, OutcomeTerm } from './outcome-lexicon.js';

export interface NamedOutcome {
  readonly name: string;
  readonly term: OutcomeTerm | undefined;
}

export interface Around {
  readonly sentence: string;
  readonly hits: readonly OutcomeHit[];
  /** The last outcome of the sentence before. */
  readonly earlier: OutcomeHit | undefined;
  readonly effects: readonly Effect[];
}

export function outcomeOf(effect: Effect, around: Around): NamedOutcome | undefined {
  const { sentence } = around;
  // "HR [CR/PR] 1.50": square brackets name a stratum
  const hits = around.hits.filter((h) => sentence[h.start - 1] !== '[' && !SINCE.test(sentence.slice(0, h.start)));
  const listed = listedOutcome(effect, around);
  const head = hits.findLast(
    (h) => h.end <= effect.mention.start && /^\s*:\s*(?:[a-z-]+\s)*$/.test(sentence.slice(h.end, effect.mention.start)),
  );
  if (head !== undefined) return named(head, effect, around);
  if (listed !== undefined) return named(listed, effect, around);
  const nextStart = around.effects.find((e) => e.span.start >= effect.span.end)?.span.start ?? sentence.length;
  const previous = around.effects.findLast((e) => e.span.end <= effect.span.start)?.span.end ?? 0;
  const own =
    effect.index === 0
      ? hits.filter((h) => h.start >= effect.mention.end - 1 && h.end <= effect.at.start)
      : hits.filter((h) => h.start >= previous && h.end <= effect.at.start);
  // "2.72 for OS (95% CI ...)": between the value and its interval
  const inside = hits.find(
    (h) => h.start >= effect.at.end && h.end <= effect.span.end && BEHIND.test(sentence.slice(effect.at.end, h.start)),
  );
  const behind =
    inside ??
    hits.find(
      (h) => h.start >= effect.span.end && h.end <= nextStart && BEHIND.test(sentence.slice(effect.span.end, h.start)),
    );
  const since = hits.findLast((h) => h.end <= effect.mention.start && h.start >= previous);
  const words = own.length === 0 && behind === undefined ? wordsOf(effect, sentence, previous) : undefined;
  // of a list "0.62 (...) for PFS and 0.88 (...) for OS" what stands before belongs to the value before
  const near =
    (effect.index > 0 ? (behind ?? own.at(-1)) : (own.at(-1) ?? behind)) ??
    (words?.explicit === true ? undefined : since);
  if (near !== undefined) return named(near, effect, around);
  if (words !== undefined) return { name: words.name, term: undefined };
  const any =
    hits.findLast((h) => h.end <= effect.at.start) ??
    hits.find((h) => h.start >= effect.at.end) ??
    (goesOn(sentence, effect, around.earlier) ? around.earlier : undefined);
  return any === undefined ? undefined : named(any, effect, around);
}

/** "Survival from the time of progression": when the time begins, no outcome. */
const SINCE = /\b(?:from|since|after|beyond|until) (?:the )?(?:time|date|day) of (?:first |initial )?$/i;

/** "The adjusted HR was 0.57", "Without brain metastases the HR was 0.75": a sentence that has no outcome goes on with the last one. */
const goesOn = (sentence: string, effect: Effect, earlier: OutcomeHit | undefined): boolean =>
  (effect.measure !== 'MD' || earlier?.term.kind === 'score') &&
  (effect.mention.start < 60 ||
    /^[^.]{0,30}\b(?:was|were|of)\b/.test(sentence.slice(effect.mention.start, effect.at.start)));

/** "0.57 (0.44-0.75) for PFS": what binds an outcome to the figures before it. */
const BEHIND =
  /^[\s,;)\]]*(?:\([^)]*\)\s*)?(?:for|in|on|of|favou?ring [\w ]{2,30} for)\s+(?:the\s+)?(?:[a-z-]+\s){0,2}$/;

/** "HRs for OS and PFS were 0.6 and 0.7", "0.6 and 0.7 for OS and PFS, respectively": the nth is of the nth. */
function listedOutcome(effect: Effect, { sentence, hits, effects }: Around): OutcomeHit | undefined {
  if (effect.of < 2) return undefined;
  const group = effects.filter((e) => e.mention.start === effect.mention.start);
  const first = group[0];
  const last = group.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const between = group
    .slice(1)
    .some((e, i) => hits.some((h) => h.start >= (group[i]?.span.end ?? 0) && h.end <= e.at.start));
  if (between) return undefined;
  const under = hits.filter((h) => h.start >= first.mention.end - 1 && h.end <= first.at.start);
  const after = hits.filter((h) => h.start >= last.span.end && h.start - last.span.end < 110);
  const before = hits.filter((h) => h.end <= first.mention.start);
  const list = [under, after, before].find(
    (l) => l.length === group.length && (/respectively/.test(sentence) || l === under || l === after),
  );
  return list?.[effect.index];
}

/** A hazard ratio for an event is given by the survival that it takes from, when the event is the whole of it. */
function named(hit: OutcomeHit, effect: Effect, { hits }: Around): NamedOutcome {
  const { term } = hit;
  if (effect.measure !== 'HR' || term.hazard === undefined) return { name: atSite(hit), term };
  const spoken = hits.find(
    (h) =>
      h.term.kind === 'survival' &&
      (h.term.id === term.hazard || (term.id === 'DFS' && /^(?:RFS|iDFS|EFS)$/.test(h.term.id))),
  );
  // "Mortality (HR 0.75)" stays mortality, which is decreased; "the hazard ratio for death" is that of overall survival.
  if (spoken === undefined && /mortality/i.test(hit.words)) return { name: hit.words, term };
  const survival = spoken?.term.id ?? term.hazard;
  return { name: survival, term: { ...term, id: survival, kind: 'survival' } };
}

/** Names that the lexicon keeps general are given in the text's words. */
const atSite = (hit: OutcomeHit): string =>
  /^(?:recurrence|progression|adverse events|neutropenia|time to deterioration|second cancer|distant recurrence|local recurrence|mortality|composite event)$/.test(
    hit.term.id,
  )
    ? hit.words.trim()
    : hit.term.id;

const RISK_OF =
  /\b(?:risks?|odds|rates?|incidence|likelihood|probability|frequency|proportions?|prevalence|hazards?|chances?|occurrence|levels?|reductions?|increases?|improvements?|differences?|ratios?|score)\s+(?:of|for|in)\s+((?:[\w/'-]+[ ]?){1,8})/gi;
const CUT =
  /\s+(?:in|with|for|among|than|compared|was|were|when|after|at|during|by|between|from|as|is|are|did|had|who|that|which|and no|but|to|over|within|vs|versus)\b.*$/i;
const SUBJECT =
  /^(?:(?:[A-Z][A-Z ]{3,30}:\s*)|(?:however|moreover|furthermore|in addition|overall|there (?:was|were)|similarly|at \d+ [a-z]+|after \d+ [a-z]+),?\s+)?(?:no (?:significant )?difference in |the |a |an |mean |adjusted )*((?:[\w/'-]+\s){1,7}?)(?:was|were|did|had|has|occurred|improved|increased|decreased|declined|showed|is|are|remained|tended|differed|rose|fell|reduced|favou?red)\b/i;

/** The text's own words: "risk of delirium", "the HR for stroke", or the subject of the sentence. */
function wordsOf(
  effect: Effect,
  sentence: string,
  previous: number,
): { readonly name: string; readonly explicit: boolean } | undefined {
  const own = effect.measure === 'MD' ? differenceIn(effect, sentence, previous) : undefined;
  if (own !== undefined) return { name: own, explicit: true };
  const under = sentence.slice(effect.mention.end, effect.at.start);
  const [, direct] = /^\s*(?:\([^)]*\)\s*)?(?:for|of|in)\s+((?:[\w/'-]+[ ]?){1,8})/.exec(under) ?? [];
  const explicit = shorten(direct);
  if (explicit !== undefined) return { name: explicit, explicit: true };
  const [, behind] = /^[\s,;)\]]*for\s+((?:[\w/'-]+[ ]?){1,6})/.exec(sentence.slice(effect.span.end)) ?? [];
  const after = shorten(behind);
  if (after !== undefined && effect.of === 1 && !/^(?:patients|those|women|men|each|every|all)\b/.test(after))
    return { name: after, explicit: true };
  const clause = sentence.slice(previous, effect.mention.start);
  const risk = shorten([...clause.matchAll(RISK_OF)].at(-1)?.[1]);
  if (risk !== undefined) return { name: risk, explicit: false };
  const subject = shorten(SUBJECT.exec(clause.replace(/^[\s,;.)\]]+(?:and|whereas|while|but)?\s*/, ''))?.[1]);
  return subject === undefined ? undefined : { name: subject, explicit: false };
}

/** "Differences in costs (95, 95% CI ...) or physical function (-0.7, ...)": what stands inside the mention, or right before the bracket. */
function differenceIn(effect: Effect, sentence: string, previous: number): string | undefined {
  if (effect.index > 0)
    return shorten(
      /(?:[,;]|\b(?:or|and|in|for|on)\b)\s*((?:[A-Za-z][\w/-]*\s){1,6})[([]\W?$/.exec(
        sentence.slice(previous, effect.at.start),
      )?.[1],
    );
  const mention = sentence.slice(effect.mention.start, effect.mention.end);
  // "Total point motion differed by 0.01 mm"
  if (/^differ(?:ed|s)\b/i.test(mention))
    return shorten(/((?:[\w/'-]+\s){1,7})(?:\([^()]*\)\s)?$/.exec(sentence.slice(previous, effect.mention.start))?.[1]);
  return shorten(/\bdifferences? (?:between [\w ]{3,40} )?in ((?:[\w/'-]+[ ]?){1,8})$/i.exec(mention.trim())?.[1]);
}

/** What figures are of, by the words before them: "the rate of transmission was", "Linkage to care was". */
export function wordsBefore(clause: string): string | undefined {
  const tidy = clause.replace(/^[\s,;.)\]]+(?:and|whereas|while|but)?\s*/, '');
  return shorten([...tidy.matchAll(RISK_OF)].at(-1)?.[1]) ?? shorten(SUBJECT.exec(tidy)?.[1]);
}

function shorten(words: string | undefined): string | undefined {
  const name = words
    ?.replace(
      /^(?:(?:the|a|an|mean|adjusted)\s)*(?:changes?|increases?|reductions?|decreases?|improvements?|differences?) in\s+/i,
      '',
    )
    .replace(CUT, '')
    .replace(/\s+\d.*$/, '')
    .replace(/^(?:the|a|an|any|having|developing|experiencing|receiving|being)\s+/i, '')
    .trim();
  return name === undefined ||
    name.length < 3 ||
    /^(?:there\b.*|no\b.*|on\b.*|in\b.*|at\b.*|['"].*|the|a|an|this|that|it|they|we|patients|difference|group|\d.*|treatment|intervention)$/i.test(
      name,
    ) ||
    /^\d/.test(name)
    ? undefined
    : name;
}
