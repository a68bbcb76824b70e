// What the reader must know besides the options: what was assumed, what is old, what was not understood, what the numbers mean.
import { evaluate } from './criteria/evaluate.js';
import type { Context } from './criteria/trace.js';
import { say } from './criteria/words.js';
import { featuresFor, type ModelNetwork } from './features.js';
import type { Message } from './language/ru.js';
import { type Lang, translate } from './language/translate.js';
import type { Placed } from './place.js';
import type { Prepared } from './prepare.js';
import { staleFacts } from './stale-facts.js';
import type { View } from './view.js';

export const NOT_A_DEVICE: Message =
  "Decision support for a qualified oncologist; not a certified medical device. The decision is the clinician's.";
const COMPLETE_LISTS: Message =
  'The recorded treatments and sites of metastasis are taken as complete; any other fact not recorded is unknown, not "no".';

export function notesFor(prepared: Prepared, placed: readonly Placed[]): readonly string[] {
  const { patient, answer, chosen, options } = prepared;
  const lang = options.lang ?? 'en';
  return [
    ...(chosen?.notes ?? (answer.kind === 'abstained' ? answer.notes : [])),
    ...(answer.kind === 'view' ? settingNotes(prepared) : []),
    ...patient.remarks,
    ...contradictedScores(prepared),
    ...staleNotes(prepared),
    ...notUnderstood(prepared),
    ...protocolNotes(prepared, placed),
    ...stopNotes(prepared),
    ...overdue(prepared, placed),
    ...numberNotes(prepared, placed),
    ...(chosen?.folder.profile.notes.map((note) => say(note, lang)) ?? []),
    ...(patient.cases.length > 0 ? [translate(lang, COMPLETE_LISTS)] : []),
    translate(lang, NOT_A_DEVICE),
  ];
}

function settingNotes({ answer, options }: Prepared): readonly string[] {
  if (answer.kind !== 'view') return [];
  const led = ledNotes(answer, options.lang ?? 'en');
  if (answer.setting.certain || answer.context.setting === undefined) return led;
  const name = say(answer.setting.setting.name, options.lang);
  const others = answer.setting.alternatives.map((setting) => say(setting.name, options.lang));
  const lang = options.lang ?? 'en';
  const instead =
    others.length > 0 ? translate(lang, '; it may instead be: {others}', { others: others.join('; ') }) : '';
  return [
    translate(lang, 'The decision setting "{name}" is provisional: a fact that decides it is missing{instead}.', {
      name,
      instead,
    }),
    ...led,
  ];
}

/** Why options of other settings are shown. */
function ledNotes({ led, context, candidates }: View, lang: Lang): readonly string[] {
  if (!candidates.some((c) => c.led)) return [];
  const names = led.map((setting) => say(setting.name, lang)).join('; ');
  return [
    context.setting === undefined
      ? translate(
          lang,
          candidates.some((c) => c.led && !c.targeted)
            ? 'Where the patient stands is not told; options are shown provisionally for: {names}.'
            : 'Where the patient stands is not told; what rests on the findings of the tumour is shown provisionally for: {names}.',
          { names },
        )
      : translate(
          lang,
          'Nothing is told of earlier treatment; what rests on the findings of the tumour in another setting is shown too, provisionally.',
        ),
  ];
}

/** Before the first systemic treatment the inputs on record are those of the score; later ones would contradict it rightly. */
function contradictedScores({ patient, answer, index }: Prepared): readonly string[] {
  if (answer.kind !== 'view') return [];
  const { context } = answer;
  if (context.cancerCase.courses.some(({ modality }) => modality !== 'surgery' && modality !== 'observation'))
    return [];
  return (index.corpus.scores ?? []).flatMap(({ id, name }) => {
    const recorded = context.cancerCase.values[id] ?? patient.values[id];
    const worked = index.scored(id, context);
    if (!recorded?.known || !worked.known || String(recorded.value) === String(worked.value)) return [];
    const values = { score: say(name, index.lang), recorded: recorded.value, computed: worked.value };
    return [
      translate(
        index.lang,
        '{score}: {recorded} is recorded, {computed} follows from the facts on record; the recorded value is used.',
        values,
      ),
    ];
  });
}

/** Those that the reader of the history has not already called old. */
function staleNotes({ patient, answer, chosen, index }: Prepared): readonly string[] {
  if (chosen === undefined || answer.kind !== 'view') return [];
  return staleFacts(chosen, answer.context)
    .filter(({ item }) => !patient.remarks.some((remark) => remark.startsWith(`${item}:`)))
    .map(({ item, why }) => translate(index.lang, '{item}: {why}; check that it still holds.', { item, why }));
}

function notUnderstood({ patient, index }: Prepared): readonly string[] {
  const { notUnderstood } = patient;
  if (notUnderstood.length === 0) return [];
  const shown = notUnderstood.slice(0, 5).map(({ text, place }) => `${text} (${place})`);
  const rest = notUnderstood.length - shown.length;
  const what = `${shown.join('; ')}${rest > 0 ? `; +${rest}` : ''}`;
  return [translate(index.lang, 'Seen but not understood: {what}.', { what })];
}

function protocolNotes({ options, index }: Prepared, placed: readonly Placed[]): readonly string[] {
  const { protocol } = options;
  if (protocol !== undefined && !index.corpus.protocols.some((p) => p.id === protocol))
    return [`The local protocol "${protocol}" is not in the corpus; nothing of it was applied.`];
  return placed.flatMap(({ candidate }) => {
    const name = say(candidate.regimen.name);
    if (candidate.restricted) return [`Local protocol leaves out ${name}: ${candidate.restricted}`];
    return candidate.preferred ? [`Local protocol puts ${name} first within its band: ${candidate.preferred}`] : [];
  });
}

/** What the kill switch took out for this patient: an indication of an open question that may hold, or the numbers. */
function stopNotes({ answer, chosen, index, model }: Prepared): readonly string[] {
  if (answer.kind !== 'view' || index.stops === undefined) return [];
  const open = new Set(answer.decisions.map((d) => d.id));
  const folders = [chosen?.folder, ...index.corpus.cancers.filter((f) => f !== chosen?.folder)];
  return index.stops.flatMap((stop) => {
    const { by, why, at } = stop;
    const said = { date: at.slice(0, 10), by, why };
    if (stop.kind === 'model')
      return stop.id === model.id
        ? [
            translate(
              index.lang,
              'The outcome model {id} was stopped on {date} by {by}: {why}. There are no numbers.',
              { id: stop.id, ...said },
            ),
          ]
        : [];
    const indication = folders.flatMap((f) => f?.indications ?? []).find((i) => i.id === stop.id);
    if (indication === undefined || !open.has(indication.decision)) return [];
    if (evaluate(indication.criteria, answer.context).state === 'not-met') return [];
    return [
      translate(index.lang, 'The indication {id} was stopped on {date} by {by}: {why}.', { id: stop.id, ...said }),
    ];
  });
}

function overdue({ patient }: Prepared, placed: readonly Placed[]): readonly string[] {
  const late = placed
    .filter(({ candidate, rank }) => rank !== null && candidate.indication.reviewBy < patient.asOf)
    .map(({ candidate }) => `${candidate.indication.id} (due ${candidate.indication.reviewBy})`);
  return late.length > 0 ? [`Evidence past its review date: ${[...new Set(late)].sort().join(', ')}.`] : [];
}

function numberNotes({ answer, index: { lang } }: Prepared, placed: readonly Placed[]): readonly string[] {
  const scored = placed.filter(({ score }) => score !== undefined && score.gain !== null);
  if (scored.length === 0)
    return placed.length > 0
      ? [translate(lang, "No outcome model covers these options; they stand in the corpus's order.")]
      : [];
  const personal = scored.some(({ network }) => network && answer.kind === 'view' && modified(network, answer.context));
  return [
    translate(
      lang,
      "Survival figures are those of trial populations, adjusted for this patient's prognostic factors where they are known.",
    ),
    ...(personal
      ? []
      : [translate(lang, 'The order of the options is not personal: no effect modifier applies to this patient.')]),
  ];
}

/** A modifier moves the order only where its fact is known. */
function modified(network: ModelNetwork, context: Context): boolean {
  const features = featuresFor(network, context);
  return network.modifiers.some((name) => features[name] !== null);
}
