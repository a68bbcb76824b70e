// The settled diagnosis -> entries: the cancer, others of the past, stages, sites of metastasis, plain facts.
import type { Coding, ConditionEntry, Entry, ObservationEntry } from '../../domain/history.js';
import type { CancerSaid } from './diagnosis.js';
import type { Diagnosed, Place } from './diagnosis-settled.js';
import type { Layout } from './story-entry.js';

const CODED = { codings: [] } as const;
const PRIMARY = 'primary-cancer';

export function diagnosisEntries(d: Diagnosed, layout: Layout, place: Place): readonly Entry[] {
  if (d.cancers.length === 0) return [...metastasisEntries(d, layout, place), ...stageEntries(d, layout, place)];
  const first = d.cancers[0] as CancerSaid;
  const firm = d.cancers.some((c) => !c.generic && !c.bare && c.codings.length === 0);
  const codings: readonly Coding[] = d.cancers.flatMap((c) => (c.placed && firm ? [] : c.codings)).slice(0, 1);
  const deNovo = d.metastatic && !d.recurrent && d.sites.length === 0;
  const condition: ConditionEntry = {
    kind: 'condition',
    code: { codings, text: `${deNovo ? 'metastatic ' : ''}${d.words}` },
    role: PRIMARY,
    ...(codings.length > 0 && d.words !== '' ? { morphology: { ...CODED, text: d.words } } : {}),
    clinicalStatus: 'active',
    ...(d.implied ? { inferred: 'taken as advanced: lines of treatment or the bare word, and no stage' } : {}),
    verification: d.cancers.every((c) => c.suspected) ? 'provisional' : 'confirmed',
    bodySites: [],
    stages: [],
    source: place(first.start, first.end),
    ...layout.diagnosis,
  };
  const others = d.others.map(
    (o): ConditionEntry => ({
      kind: 'condition',
      code: { codings: [], text: `history of ${o.phrase}` },
      role: 'unstated',
      clinicalStatus: 'resolved',
      bodySites: [],
      stages: [],
      source: place(o.start, o.end),
    }),
  );
  const facts = d.facts.map(
    (f): ObservationEntry => ({
      kind: 'observation',
      code: { ...CODED, text: f.name },
      value: { kind: 'text', text: f.value },
      ...(f.inferred === undefined ? {} : { inferred: f.inferred }),
      interpretations: [],
      components: [],
      source: place(f.start, f.end),
    }),
  );
  return [condition, ...others, ...stageEntries(d, layout, place), ...metastasisEntries(d, layout, place), ...facts];
}

function stageEntries(d: Diagnosed, layout: Layout, place: Place): readonly ObservationEntry[] {
  return d.stages.map((s) => ({
    kind: 'observation',
    code: { ...CODED, text: s.name === 'TNM' ? 'TNM stage' : s.name },
    value: { kind: 'text', text: s.value },
    interpretations: [],
    components: [],
    source: place(s.start, s.end),
    ...(s.late ? layout.metastases : layout.diagnosis),
  }));
}

function metastasisEntries(d: Diagnosed, layout: Layout, place: Place): readonly ConditionEntry[] {
  if (d.systemic) return [];
  const when = d.recurrent ? layout.metastases : layout.diagnosis;
  const sites = d.sites.map(
    (s): ConditionEntry => ({
      kind: 'condition',
      code: { ...CODED, text: /[а-я]/u.test(s.phrase) ? `метастаз ${s.phrase}` : `Metastasis to ${s.phrase}` },
      role: 'secondary-cancer',
      clinicalStatus: 'active',
      bodySites: [],
      stages: [],
      source: place(s.start, s.end),
      ...when,
    }),
  );
  if (!d.recurrent || sites.length > 0) return sites;
  return [
    {
      kind: 'condition',
      code: { ...CODED, text: 'Distant metastasis' },
      role: 'secondary-cancer',
      clinicalStatus: 'active',
      bodySites: [],
      stages: [],
      source: place(d.cancers[0]?.start ?? 0, d.cancers[0]?.end ?? 0),
      ...when,
    },
  ];
}
