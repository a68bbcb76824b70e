// Referential integrity: every id that a record names exists.
import type { CancerFolder, Corpus } from '../../domain/corpus/corpus.js';
import { checkCriterion } from './criteria.js';
import { error, type Finding, warning } from './finding.js';
import { type Names, namesOf } from './names.js';

export function checkReferences(corpus: Corpus): Finding[] {
  const names = namesOf(corpus);
  return [
    ...corpus.vocabulary.cancers.flatMap(({ oncotree, usual, inMen }) =>
      absent(
        `cancer term ${oncotree}`,
        'OncoTree code',
        [usual, inMen].flatMap((code) => code ?? []),
        names.cancers,
      ),
    ),
    ...corpus.cancers.flatMap((folder) => checkFolder(folder, names)),
    ...checkDrugs(corpus, names),
    ...checkSafety(corpus, names),
    ...checkProtocols(corpus, names),
    ...checkScores(corpus, names),
  ];
}

/** What a score asks for and gives must be facts; what it says must be among the words of its fact. */
function checkScores({ scores = [] }: Corpus, names: Names): Finding[] {
  const ids = new Set(scores.map((s) => s.id));
  return scores.flatMap((score) => {
    const record = `score ${score.id}`;
    const fact = names.facts.get(score.id);
    const says = [...score.groups, ...score.rules].map(({ is }) => is).concat(score.else ?? []);
    const criteria = [
      ...score.items.flatMap((i) => i.tiers.map((t) => t.when)),
      ...score.rules.map((r) => r.when),
      ...(score.shown === undefined ? [] : [score.shown]),
    ];
    return [
      ...absent(
        record,
        'fact',
        [score.id, ...score.terms.map((t) => t.fact), ...Object.keys(score.range)],
        new Set(names.facts.keys()),
      ),
      ...absent(record, 'OncoTree code', score.cancers ?? [], names.cancers),
      ...absent(record, 'score', score.of === undefined ? [] : [score.of], ids),
      ...(fact?.kind === 'word' ? absent(record, `word of ${score.id}`, says.map(String), new Set(fact.words)) : []),
      ...criteria.flatMap((criterion) => checkCriterion(criterion, record, names)),
    ];
  });
}

function checkFolder(folder: CancerFolder, names: Names): Finding[] {
  return [
    ...checkProfile(folder, names),
    ...checkRegimens(folder, names),
    ...checkIndications(folder, names),
    ...checkNetworks(folder, names),
  ];
}

function checkProfile({ profile }: CancerFolder, names: Names): Finding[] {
  const record = `cancer ${profile.id}`;
  const settings = new Set(profile.settings.map((s) => s.id));
  return [
    ...absent(record, 'OncoTree code', [...profile.oncotree, ...profile.except], names.cancers),
    ...profile.settings.flatMap((s) => checkCriterion(s.criteria, record, names)),
    ...profile.decisions.flatMap((d) => [
      ...absent(record, `setting (decision ${d.id})`, d.settings, settings),
      ...(d.when ? checkCriterion(d.when, record, names) : []),
    ]),
  ];
}

function checkRegimens({ regimens }: CancerFolder, names: Names): Finding[] {
  return regimens.flatMap((r) => [
    ...absent(
      `regimen ${r.id}`,
      'drug',
      r.components.map((c) => c.drug),
      names.drugs,
    ),
    ...absent(`regimen ${r.id}`, 'procedure', r.procedures, names.procedures),
  ]);
}

function checkIndications(folder: CancerFolder, names: Names): Finding[] {
  const decisions = new Set(folder.profile.decisions.map((d) => d.id));
  const networks = new Map(folder.networks.map((n) => [n.id, n]));
  return folder.indications.flatMap((i) => {
    const record = `indication ${i.id}`;
    const network = i.network === undefined ? undefined : networks.get(i.network);
    const nodes = network && networkNodes(folder, network.id);
    return [
      ...absent(record, 'regimen', [i.regimen], names.regimens),
      ...absent(record, 'decision', [i.decision], decisions),
      ...absent(record, 'study', i.studies, names.studies),
      ...absent(record, 'network', i.network === undefined ? [] : [i.network], new Set(networks.keys())),
      ...(nodes && !nodes.has(i.node ?? i.regimen)
        ? [warning(record, `network ${i.network} has no node ${i.node ?? i.regimen}: the option gets no number`)]
        : []),
      ...checkCriterion(i.criteria, record, names),
    ];
  });
}

/** Nodes that the trials of a network compare. */
function networkNodes(folder: CancerFolder, id: string): Set<string> {
  const network = folder.networks.find((n) => n.id === id);
  const studies = new Map(folder.studies.map((s) => [s.id, s]));
  return new Set(
    (network?.trials ?? []).flatMap((trial) =>
      (studies.get(trial.study)?.arms ?? []).map((arm) => trial.nodes?.[arm.id] ?? arm.regimen ?? arm.id),
    ),
  );
}

function checkNetworks(folder: CancerFolder, names: Names): Finding[] {
  const arms = new Map(folder.studies.map((s) => [s.id, new Set(s.arms.map((a) => a.id))]));
  const decisions = new Set(folder.profile.decisions.map((d) => d.id));
  return [
    ...folder.networks.flatMap((n) => {
      const record = `network ${n.id}`;
      return [
        ...absent(record, 'decision', [n.decision], decisions),
        ...absent(record, 'study', [...n.trials.map((t) => t.study), n.baseline.study], new Set(arms.keys())),
        ...absent(record, `arm of ${n.baseline.study}`, [n.baseline.arm], arms.get(n.baseline.study) ?? new Set()),
        ...absent(
          record,
          'fact',
          [...n.covariates, ...n.modifiers].map((c) => c.fact),
          new Set(names.facts.keys()),
        ),
        ...absent(
          record,
          'study',
          n.modifiers.map((m) => m.study),
          names.studies,
        ),
        ...(networkNodes(folder, n.id).has(n.reference)
          ? []
          : [error(record, `no trial has the reference ${n.reference}`)]),
      ];
    }),
    ...folder.studies.flatMap((s) => (s.eligibility ? checkCriterion(s.eligibility, `study ${s.id}`, names) : [])),
    ...folder.studies.flatMap((s) => {
      const known = new Set(s.arms.map((a) => a.id));
      const named = s.results.flatMap((r) => [
        ...r.arms,
        ...Object.keys(r.medians ?? {}),
        ...Object.keys(r.events ?? {}),
        ...Object.keys(r.n ?? {}),
        ...(r.milestones ?? []).map((m) => m.arm),
      ]);
      return [
        ...absent(`study ${s.id}`, 'arm', [...named, ...s.harm.map((h) => h.arm)], known),
        ...absent(
          `study ${s.id}`,
          'regimen',
          s.arms.flatMap((a) => a.regimen ?? []),
          names.regimens,
        ),
      ];
    }),
  ];
}

function checkDrugs(corpus: Corpus, names: Names): Finding[] {
  return [
    ...corpus.drugs.flatMap((d) => [
      ...absent(`drug ${d.inn}`, 'class', [...d.classes, ...d.properties], names.classes),
      ...absent(`drug ${d.inn}`, 'screening item', d.screening, names.screening),
    ]),
    ...corpus.classes.flatMap((c) => absent(`class ${c.id}`, 'class', c.parents, names.classes)),
    ...corpus.screening.flatMap((s) =>
      s.fact === undefined ? [] : absent(`screening ${s.id}`, 'fact', [s.fact], new Set(names.facts.keys())),
    ),
  ];
}

function checkSafety(corpus: Corpus, names: Names): Finding[] {
  return corpus.safety.flatMap((rule) => {
    const record = `safety ${rule.id}`;
    const { drugs = [], classes = [], properties = [], procedures = [] } = rule.applies;
    return [
      ...absent(record, 'drug', [...drugs, ...(rule.except?.drugs ?? []), ...(rule.spares?.drugs ?? [])], names.drugs),
      ...absent(
        record,
        'class',
        [...classes, ...properties, ...(rule.except?.classes ?? []), ...(rule.spares?.classes ?? [])],
        names.classes,
      ),
      ...absent(record, 'procedure', procedures, names.procedures),
      ...(rule.when ? checkCriterion(rule.when, record, names) : []),
    ];
  });
}

function checkProtocols(corpus: Corpus, names: Names): Finding[] {
  const indications = new Set(corpus.cancers.flatMap((c) => c.indications.map((i) => i.id)));
  return corpus.protocols.flatMap((p) => {
    const record = `protocol ${p.id}`;
    const named = [...p.restrict, ...p.prefer, ...p.replace];
    const regimens = [...named.flatMap((r) => r.regimen ?? []), ...p.replace.map((r) => r.by)];
    return [
      ...absent(record, 'regimen', regimens, names.regimens),
      ...absent(
        record,
        'drug',
        p.restrict.flatMap((r) => r.drug ?? []),
        names.drugs,
      ),
      ...absent(
        record,
        'indication',
        p.prefer.flatMap((r) => r.indication ?? []),
        indications,
      ),
      ...absent(
        record,
        'OncoTree code',
        named.flatMap((r) => r.cancer ?? []),
        names.cancers,
      ),
      ...p.restrict.flatMap((r) => (r.unless ? checkCriterion(r.unless, record, names) : [])),
    ];
  });
}

const absent = (record: string, kind: string, wanted: readonly string[], known: ReadonlySet<string>): Finding[] =>
  [...new Set(wanted)].filter((id) => !known.has(id)).map((id) => error(record, `there is no ${kind} "${id}"`));
