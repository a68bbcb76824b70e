// corpus/COVERAGE.md: what the corpus holds by cancer, and what a plain patient of each setting is offered first.
import type { CancerFolder, Corpus } from '../../domain/corpus/corpus.js';
import { drugTable } from './drug-coverage.js';
import { languageTable } from './language-coverage.js';

/** What a plain patient of a setting is offered first, by open decision. */
export interface PlainAnswer {
  readonly cancer: string;
  readonly setting: string;
  readonly decisions: Readonly<Record<string, 'recommended' | 'provisional' | 'weak' | 'none'>>;
}

const SIGN = {
  recommended: 'yes',
  provisional: 'once a test is known',
  weak: 'weaker evidence only',
  none: 'none',
} as const;

export function coverageTable(corpus: Corpus, plain: readonly PlainAnswer[]): string {
  const { cancers } = corpus;
  const sum = (count: (folder: CancerFolder) => number) => cancers.reduce((total, folder) => total + count(folder), 0);
  const studies = cancers.flatMap((c) => c.studies);
  const checked = studies.filter((s) => 'how' in s.verified).length;
  return [
    '# What the corpus covers',
    '',
    'Written by `shipa corpus check`; do not edit. A setting is where a patient can stand; its line says what a plain patient there is offered',
    'first, question by question: **yes** (a strong recommendation at once), **once a test is known** (it waits for a fact that was not',
    'given, such as a biomarker), **weaker evidence only**, **none** (the question does not arise or nothing is to be recommended).',
    '',
    `${cancers.length} folders, ${sum((c) => c.indications.length)} indications, ${sum((c) => c.regimens.length)} regimens, ${studies.length} studies ` +
      `(${checked} checked against a source, ${Math.round((100 * checked) / Math.max(1, studies.length))} %), ${sum((c) => c.networks.length)} networks, ` +
      `${corpus.drugs.filter((d) => d.antineoplastic).length} cancer drugs and ${corpus.drugs.filter((d) => !d.antineoplastic).length} other medicines, ${corpus.safety.length} safety rules.`,
    '',
    '| cancer | OncoTree | settings | indications | regimens | studies | checked | networks |',
    '|---|---|---|---|---|---|---|---|',
    ...cancers.map(row),
    '',
    ...drugTable(corpus),
    '',
    ...languageTable(corpus),
    ...cancers.flatMap((folder) => ['', ...settingsOf(folder, plain)]),
    '',
  ].join('\n');
}

function row({ profile, indications, regimens, studies, networks }: CancerFolder): string {
  const checked = studies.filter((s) => 'how' in s.verified).length;
  const cells = [
    `[${profile.name.en}](${profile.id}/)`,
    profile.oncotree.join(' '),
    profile.settings.length,
    indications.length,
    regimens.length,
    studies.length,
    checked,
    networks.length,
  ];
  return `| ${cells.join(' | ')} |`;
}

function settingsOf({ profile }: CancerFolder, plain: readonly PlainAnswer[]): string[] {
  const own = new Map(plain.filter((p) => p.cancer === profile.id).map((p) => [p.setting, p.decisions]));
  return [
    `## ${profile.name.en}`,
    '',
    '| setting | first choice of a plain patient |',
    '|---|---|',
    ...profile.settings.map(({ id, name }) => {
      const decisions = Object.entries(own.get(id) ?? {}).map(([decision, first]) => `${decision}: ${SIGN[first]}`);
      return `| ${name.en} (\`${id}\`) | ${decisions.join('; ') || 'no answer'} |`;
    }),
  ];
}
