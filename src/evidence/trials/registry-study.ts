// ClinicalTrials.gov JSON (API version 2: {"studies": [...]}, one study, or a list) -> what we use of each study.
import { z } from 'zod';
import type { Fault } from '../../domain/faults.js';

const Named = z.object({ name: z.string(), type: z.string().optional() }).loose();

const Study = z
  .object({
    protocolSection: z
      .object({
        identificationModule: z
          .object({ nctId: z.string(), briefTitle: z.string().optional(), officialTitle: z.string().optional() })
          .loose(),
        statusModule: z
          .object({
            overallStatus: z.string().optional(),
            lastUpdatePostDateStruct: z.object({ date: z.string() }).loose().optional(),
          })
          .loose()
          .optional(),
        conditionsModule: z
          .object({ conditions: z.array(z.string()).optional(), keywords: z.array(z.string()).optional() })
          .loose()
          .optional(),
        designModule: z
          .object({ phases: z.array(z.string()).optional() })
          .loose()
          .optional(),
        armsInterventionsModule: z
          .object({ interventions: z.array(Named).optional() })
          .loose()
          .optional(),
        eligibilityModule: z
          .object({
            eligibilityCriteria: z.string().optional(),
            sex: z.string().optional(),
            minimumAge: z.string().optional(),
            maximumAge: z.string().optional(),
          })
          .loose()
          .optional(),
        contactsLocationsModule: z
          .object({ locations: z.array(z.object({ country: z.string().optional() }).loose()).optional() })
          .loose()
          .optional(),
      })
      .loose(),
  })
  .loose();

export interface RegistryStudy {
  readonly nct: string;
  readonly title: string;
  readonly phase: string;
  readonly status: string;
  readonly updated?: string;
  readonly conditions: readonly string[];
  readonly interventions: readonly { readonly name: string; readonly type: string }[];
  readonly eligibility: string;
  readonly sex: string;
  /** Years; undefined where none is set. */
  readonly minimumAge?: number;
  readonly maximumAge?: number;
  readonly countries: readonly string[];
}

/** Every study that can be read, and a fault with its place for every one that cannot. */
export function readRegistry(
  text: string,
  file: string,
): { readonly studies: readonly RegistryStudy[]; readonly faults: readonly Fault[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return {
      studies: [],
      faults: [{ place: file, message: `not JSON: ${error instanceof Error ? error.message : error}` }],
    };
  }
  const list = Array.isArray(json) ? json : isList(json) ? json.studies : [json];
  const studies: RegistryStudy[] = [];
  const faults: Fault[] = [];
  list.forEach((entry, i) => {
    const parsed = Study.safeParse(entry);
    if (parsed.success) {
      const study = studyOf(parsed.data);
      if (/^NCT\d{8}$/.test(study.nct)) studies.push(study);
      else
        faults.push({
          place: `${file}, studies[${i}].protocolSection.identificationModule.nctId`,
          message: `"${study.nct}" is no NCT number`,
        });
    } else
      for (const issue of parsed.error.issues)
        faults.push({ place: `${file}, studies[${i}].${issue.path.join('.')}`, message: issue.message });
  });
  return { studies, faults };
}

const isList = (json: unknown): json is { studies: unknown[] } =>
  typeof json === 'object' && json !== null && 'studies' in json && Array.isArray(json.studies);

function studyOf({ protocolSection: s }: z.infer<typeof Study>): RegistryStudy {
  const { identificationModule: id, eligibilityModule: who = {} } = s;
  const updated = s.statusModule?.lastUpdatePostDateStruct?.date;
  const [min, max] = [years(who.minimumAge), years(who.maximumAge)];
  return {
    nct: id.nctId,
    title: id.briefTitle ?? id.officialTitle ?? id.nctId,
    phase: s.designModule?.phases?.join('/') || 'NA',
    status: s.statusModule?.overallStatus ?? 'UNKNOWN',
    ...(updated !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(updated) && { updated }),
    conditions: [...(s.conditionsModule?.conditions ?? []), ...(s.conditionsModule?.keywords ?? [])],
    interventions: (s.armsInterventionsModule?.interventions ?? []).map(({ name, type = '' }) => ({ name, type })),
    eligibility: who.eligibilityCriteria ?? '',
    sex: who.sex ?? 'ALL',
    ...(min !== undefined && { minimumAge: min }),
    ...(max !== undefined && { maximumAge: max }),
    countries: [...new Set((s.contactsLocationsModule?.locations ?? []).flatMap((l) => l.country ?? []))].sort(),
  };
}

/** "18 Years", "6 Months" -> years. */
function years(text: string | undefined): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*(year|month|week|day)/i.exec(text ?? '') ?? [];
  if (number === undefined) return undefined;
  const perYear = { year: 1, month: 12, week: 52.18, day: 365.25 }[unit.toLowerCase()] ?? 1;
  return Math.round((Number(number) / perYear) * 100) / 100;
}
