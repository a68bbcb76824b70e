// What the card says of evidence outside the networks: indications that have no number, and those that rest on single-arm data alone.
import type { Corpus } from '../../domain/corpus/corpus.js';
import type { Manifest } from './manifest.js';

/** "## Known gaps": one line a cancer. Single-arm evidence is named by indication. */
export function outsideNetworks({ cancers }: Corpus, manifest: Manifest): string {
  const known = new Set(manifest.networks.map((n) => n.id));
  const rows = cancers.flatMap(({ profile, indications, studies }) => {
    const designs = new Map(studies.map((s) => [s.id, s.design]));
    const forIt = indications.filter((i) => !i.strength.endsWith('against'));
    const bare = forIt.filter((i) => i.network === undefined || !known.has(i.network));
    const single = bare.filter(
      (i) =>
        i.studies.length > 0 && i.studies.every((s) => designs.get(s) === 'single-arm' || designs.get(s) === 'cohort'),
    );
    if (bare.length === 0) return [];
    const named = single.length === 0 ? '-' : single.map((i) => `\`${i.id}\``).join(', ');
    return [`| ${profile.id} | ${bare.length} of ${forIt.length} | ${single.length} | ${named} |`];
  });
  return [
    '## Known gaps',
    'Indications that no network covers stand in the order of the corpus, without numbers. Those whose every study is single-arm or a cohort are named: there is no comparison behind them, and their certainty is low or very low.',
    ['| cancer | indications without numbers | single-arm only | which |', '|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}
