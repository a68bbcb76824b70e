// `shipa corpus diff A B`: what changed for whom between two editions, each a folder or a commit of this checkout.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCorpus } from '../../../adapters/files/corpus-files.js';
import { diffCorpora } from '../../../app/diff-corpora.js';
import type { Corpus } from '../../../domain/corpus/corpus.js';
import { projectRoot } from '../../project.js';
import { WrongUse } from '../../wrong-use.js';

export function diff(args: string[]): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { format: { type: 'string', default: 'text' } },
  });
  const [a, b] = positionals;
  if (a === undefined || b === undefined || positionals.length > 2)
    throw new WrongUse('name two editions: commits of this checkout ("HEAD~1") or corpus folders');
  const { changes, moved } = diffCorpora(edition(a), edition(b));
  if (values.format === 'json') process.stdout.write(`${JSON.stringify({ changes, moved })}\n`);
  else {
    for (const { kind, change, cancer, id, words } of changes)
      process.stdout.write(`${cancer === '' ? '' : `${cancer}: `}${kind} ${id} ${change}: ${words}\n`);
    for (const m of moved)
      process.stdout.write(
        `a plain patient of ${m.cancer}, ${m.setting}: first for ${m.decision}: ${m.before} -> ${m.after}\n`,
      );
    process.stdout.write(`${changes.length} records changed, ${moved.length} first choices of plain patients moved\n`);
  }
  return 0;
}

/** A folder that holds a corpus, or the corpus of a commit. */
function edition(name: string): Corpus {
  if (existsSync(join(name, 'vocabulary'))) return loadCorpus(name);
  const git = (...args: string[]) => spawnSync('git', args, { cwd: projectRoot, maxBuffer: 1 << 28 });
  const commit = git('rev-parse', '--verify', '--quiet', `${name}^{commit}`);
  if (commit.status !== 0) throw new WrongUse(`"${name}" is neither a corpus folder nor a commit of this checkout`);
  const folder = mkdtempSync(join(tmpdir(), 'shipa-corpus-'));
  try {
    const archive = git('archive', '--format=tar', commit.stdout.toString().trim(), 'corpus');
    const unpacked = spawnSync('tar', ['-x', '-C', folder], { input: archive.stdout });
    if (archive.status !== 0 || unpacked.status !== 0)
      throw new Error(`the corpus of ${name} could not be unpacked: ${archive.stderr}${unpacked.stderr}`);
    return loadCorpus(join(folder, 'corpus'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
