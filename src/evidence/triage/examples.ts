// Labelled examples: published texts with our labels, whole abstracts of our own, and abstracts composed of our own sentences.
import { type RandomSource, seededRandom } from '../../stats/random.js';
import type { Label, MadeUp, Phrases } from './material.js';
import { DESIGNS, type Design, type TriageText } from './triage.js';

export type Origin = 'evidence-inference' | 'pubmedqa' | 'made-up' | 'composed';

export interface Example {
  readonly id: string;
  readonly origin: Origin;
  readonly text: TriageText;
  /** undefined: not labelled, not used for that question. */
  readonly design: Design | undefined;
  readonly oncology: boolean | undefined;
  readonly compares: boolean | undefined;
  /** Folder of the corpus. */
  readonly cancer: string | undefined;
}

/** A text as an adapter read it. */
export interface PublishedText {
  readonly id: string;
  readonly origin: Exclude<Origin, 'made-up' | 'composed'>;
  readonly text: TriageText;
}

/**
 * Labels of published texts. Evidence Inference holds reports of randomised trials, hardly any of oncology, by its making; each exception
 * is in labels.csv. Other texts are used only where labelled.
 */
export function labelled(texts: readonly PublishedText[], labels: readonly Label[]): Example[] {
  const byId = new Map(labels.map((label) => [label.id, label]));
  return texts.flatMap((published): Example[] => {
    const label = byId.get(published.id);
    if (label !== undefined) {
      const { design, oncology, compares, cancer } = label;
      return [{ ...published, design, oncology, compares, cancer }];
    }
    if (published.origin !== 'evidence-inference') return [];
    return [{ ...published, design: 'randomised', oncology: false, compares: true, cancer: undefined }];
  });
}

export const madeUpExamples = (list: readonly MadeUp[]): Example[] =>
  list.map(({ id, design, oncology, compares, cancer, title, abstract }) => ({
    id,
    origin: 'made-up',
    text: { title, abstract },
    design,
    oncology,
    compares,
    cancer,
  }));

/** Part of the examples that is never trained on: by the id alone, so that it stays the same when others come. */
export function heldOut({ id, origin }: Example): boolean {
  const share = { composed: 0, 'made-up': 0.5, pubmedqa: 0.4, 'evidence-inference': 0.3 }[origin];
  return fraction(id) < share;
}

/** FNV-1a of a text as a number in [0, 1), its bits mixed once more so that neighbours fall apart. */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

/** Composes `perDesign` abstracts of each design, two thirds of them of oncology. Same seed, same texts. */
export function composeExamples(phrases: Phrases, perDesign: number, seed: number): Example[] {
  const random = seededRandom(seed);
  return DESIGNS.flatMap((design) =>
    Array.from({ length: perDesign }, (_, i) => composed(phrases, design, `${design}-${i}`, random)),
  );
}

function composed(phrases: Phrases, design: Design, id: string, random: RandomSource): Example {
  const oncology = random.uniform() < 2 / 3;
  const slots = phrases.slots[oncology ? 'oncology' : 'elsewhere'];
  const fixed: Readonly<Record<string, string>> = {
    C: pick(slots.C, random),
    D: pick(slots.D, random),
    E: pick(slots.E, random),
  };
  const fill = (sentence: string): string => filled(sentence, fixed, random);
  const { titles, methods, results, compares } = phrases.designs[design];
  const body = [
    ...(random.uniform() < 0.7 ? [pick(phrases.openings, random)] : []),
    ...some(methods, 1 + random.below(2), random),
    ...some(results, 1 + random.below(3), random),
    ...(random.uniform() < 0.7 ? [pick(phrases.outlooks, random)] : []),
  ];
  return {
    id,
    origin: 'composed',
    text: { title: fill(pick(titles, random)), abstract: body.map(fill).join(' ') },
    design,
    oncology,
    compares: compares === 'half' ? undefined : compares,
    cancer: undefined,
  };
}

function filled(sentence: string, fixed: Readonly<Record<string, string>>, random: RandomSource): string {
  const text = sentence.replace(/\{(\w)\}/g, (_, slot: string) => fixed[slot] ?? number(slot, random));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function number(slot: string, random: RandomSource): string {
  switch (slot) {
    case 'n':
      return String(20 + random.below(900));
    case 'k':
      return String(3 + random.below(40));
    case 'y':
      return String(1995 + random.below(30));
    case 'h':
      return (0.4 + random.uniform()).toFixed(2);
    case 'm':
      return (2 + random.uniform() * 40).toFixed(1);
    default:
      return String(2 + random.below(95));
  }
}

const pick = (list: readonly string[], random: RandomSource): string => list[random.below(list.length)] ?? '';

/** Some different ones of a list, in random order. */
function some(list: readonly string[], count: number, random: RandomSource): string[] {
  const left = [...list];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(random.below(left.length), 1)[0] ?? '');
}
