// One simulated patient as events: who, which cancer, what was found, what was given, what came of it. No FHIR here.
import { type RandomSource, seededRandom } from '../stats/random.js';
import { addDays, addMonths, bounded, chance, pick } from './draw.js';
import type { Registry, Site, Step } from './registry.js';

export interface Life {
  readonly id: string;
  readonly sex: 'female' | 'male';
  readonly birthDate: string;
  readonly deathDate: string | undefined;
  readonly region: string;
  readonly organization: string;
  readonly site: Site;
  readonly morphology: { readonly code: string; readonly display: string } | undefined;
  readonly subtype: Site['subtypes'][number] | undefined;
  readonly stage: Site['stages'][number];
  readonly diagnosed: string;
  readonly steps: readonly (Step & {
    readonly start: string;
    readonly end: string | undefined;
    readonly progressed: boolean;
  })[];
  readonly relapse: string | undefined;
  readonly comorbidities: readonly { readonly icd10: string; readonly display: string }[];
  readonly ecog: number;
  readonly age: number;
  readonly asOf: string;
}

/** Patient number `index` of the cohort with this seed; independent of every other patient, so that a run can go on anywhere. */
export function simulateLife(registry: Registry, seed: number, index: number): { life: Life; random: RandomSource } {
  const random = seededRandom((Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0);
  const site = pick(random, registry.sites);
  const sex = chance(random, site.female) ? 'female' : 'male';
  const age = Math.round(bounded(random, site.age.mean, site.age.sd, 20, 92));
  const diagnosed = addDays(registry.asOf, -random.uniform() * registry.years * 365.25);
  const birthDate = addDays(diagnosed, -age * 365.25 - random.below(365));
  const region = pick(random, registry.regions);
  const stage = pick(random, site.stages);
  const morphology = site.morphologies.length === 0 ? undefined : pick(random, site.morphologies);
  const subtype = drawSubtype(random, site, morphology?.subtypes, sex);
  const deathDate = drawDeath(random, registry, site, stage.m !== 'M0', diagnosed);
  const until = deathDate ?? registry.asOf;
  const { steps, relapse } = drawCourse(random, site, stage, subtype?.id, diagnosed, until);
  const frail = (age - 60) / 40 + (stage.m === 'M0' ? 0 : 0.5);
  const life: Life = {
    id: `kz-${seed}-${String(index).padStart(7, '0')}`,
    sex,
    birthDate,
    deathDate,
    region: region.name,
    organization: region.organizations[random.below(region.organizations.length)] ?? region.name,
    site,
    morphology,
    subtype,
    stage,
    diagnosed,
    steps,
    relapse,
    comorbidities: registry.comorbidities.filter((c) => chance(random, atAge(c, age))),
    ecog: Math.min(4, Math.max(0, Math.round(0.6 + frail * 0.6 + 0.7 * random.normal()))),
    age,
    asOf: registry.asOf,
  };
  return { life, random };
}

function drawSubtype(
  random: RandomSource,
  site: Site,
  allowed: readonly string[] | undefined,
  sex: string,
): Life['subtype'] {
  const open = site.subtypes
    .filter((s) => allowed === undefined || allowed.includes(s.id))
    .map((s) => ({ subtype: s, share: s.share * (sex === 'female' ? s.female : 1) }));
  return open.length === 0 ? undefined : pick(random, open).subtype;
}

const atAge = (c: { at40: number; at75: number }, age: number): number =>
  Math.min(1, Math.max(0, c.at40 + ((c.at75 - c.at40) * (age - 40)) / 35));

/** Constant monthly hazard by extent; the day of death, if before asOf. */
function drawDeath(
  random: RandomSource,
  registry: Registry,
  site: Site,
  advanced: boolean,
  diagnosed: string,
): string | undefined {
  const monthly = advanced ? site.monthlyDeath.advanced : site.monthlyDeath.early;
  const months = -Math.log(random.uniform()) / monthly;
  const day = months > 1200 ? undefined : addMonths(diagnosed, months);
  return day !== undefined && day < registry.asOf ? day : undefined;
}

function drawCourse(
  random: RandomSource,
  site: Site,
  stage: Site['stages'][number],
  subtype: string | undefined,
  diagnosed: string,
  until: string,
): { steps: Life['steps']; relapse: string | undefined } {
  const open = site.pathways.filter(
    (p) =>
      p.stages.includes(stage.group) &&
      (p.subtypes === undefined || (subtype !== undefined && p.subtypes.includes(subtype))),
  );
  if (open.length === 0) return { steps: [], relapse: undefined };
  const pace = bounded(random, 1, 0.25, 0.5, 2);
  const relapse = stage.m === 'M0' ? drawRelapse(random, site, diagnosed, until) : undefined;
  const stop = relapse ?? until;
  const steps = pick(random, open)
    .steps.map((step) => {
      const start = addMonths(diagnosed, step.at * pace);
      const planned = step.months === undefined ? start : addMonths(diagnosed, (step.at + step.months) * pace);
      const end = planned <= stop ? planned : relapse;
      return { ...step, start, end, progressed: end !== undefined && step.ends === 'progression' };
    })
    .filter((step) => step.start <= stop);
  return { steps, relapse };
}

function drawRelapse(random: RandomSource, site: Site, diagnosed: string, until: string): string | undefined {
  if (site.relapse === undefined) return undefined;
  const day = addDays(diagnosed, 365 + (-Math.log(random.uniform()) / site.relapse.perYear) * 365.25);
  return day < until ? day : undefined;
}
