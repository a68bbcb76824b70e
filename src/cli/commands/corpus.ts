// `shipa corpus ...`: the researcher's commands.
import { WrongUse } from '../wrong-use.js';
import { add } from './corpus/add.js';
import { build } from './corpus/build.js';
import { calibrate } from './corpus/calibrate.js';
import { check } from './corpus/check.js';
import { diff } from './corpus/diff.js';
import { extract } from './corpus/extract.js';
import { gate } from './corpus/gate.js';
import { importCivic } from './corpus/import-civic.js';
import { importTrials } from './corpus/import-trials.js';
import { release, rollback } from './corpus/release.js';
import { retract } from './corpus/retract.js';
import { review } from './corpus/review.js';
import { trainTriage } from './corpus/train-triage.js';

export const help = `
the evidence corpus: check, import, diff, build

shipa corpus check [--dir DIR] [--cancer ID] [--civic FILE] [--quick]
    schema, references, numbers, doses, citations; that every indication can be reached and every setting has a first choice, proved
    with made-up patients (--cancer: of one folder only; --quick: not at all); the share of CIViC's predictive items that is known
    here, where a release file is found. Every fault with file and line. Writes DIR/COVERAGE.md
shipa corpus import civic FILE [--dir DIR] [--format text|json]
    a CIViC release (...-clinical-evidence.tsv): each predictive item of level A or B matched to an indication or resistance rule, or
    listed with the reason why not
shipa corpus import trials FILE [--dir DIR] [--dry-run]
    open trials of a ClinicalTrials.gov JSON file into DIR/trials/: what is plainly said becomes criteria, the rest is listed for the
    doctor to check; they are options of their own question, marked as trials
shipa corpus extract FILE... [--format ndjson|text] [--print-text] [--no-triage] [--processes N]
    results with spans out of the literature: PubMed XML (.xml, .xml.gz, read as a stream), MEDLINE text, plain abstracts, NDJSON of
    {"title","abstract"} or {"text"}, ClinicalTrials.gov JSON, PDF papers. One line a document; --print-text adds the text that spans
    count in (with --format text: the text alone). Documents are read by N processes (one a core). Stores nothing
shipa corpus diff A B [--format text|json]
    what changed for whom between two editions, each a commit of this checkout or a corpus folder: records in words, and the first
    choices of plain patients that moved
shipa corpus build [--dir DIR] [--id ID] [--version V] [--release]
    fits every network and writes models/ID/V/ (default shipa-outcomes, the code's version); --release makes it the one in use,
    unsigned, as long as no signed model is
shipa corpus add FILE... [--select ID] [--all] [--again] [--by NAME] [--why TEXT] [--format text|ndjson]
    documents (as for extract) become drafts for review in DIR/curation/: sorted, extracted, compared with the trials known here. --select
    takes single documents of a file by id or PMID; --all those too that are not of oncology; --again drafts a known publication anew
shipa corpus review [--state found|extracted|reviewed|accepted|excluded|retracted] [--format text|json]
    lists the drafts
shipa corpus review ID [--show] [--by NAME] [--network ID]... [--cite INDICATION]...
    a session in the terminal: the text with the spans marked beside the draft; each value is accepted, corrected or rejected
shipa corpus review ID --by NAME --why TEXT [--set FIELD=VALUE]... [--accept-value FIELD]... [--reject-value FIELD]... [--swap-arms]
        [--accept [--id STUDY] [--as-new] [--network ID]... [--cite INDICATION]... | --reject]
    the same without questions. --accept: what is still open counts as accepted, and the draft becomes a study in DIR/<cancer>/studies/, or
    new results of the known study (the older ones are then superseded); --network and --cite put it to use. --reject: the draft is
    excluded and stays listed with the reason
shipa corpus retract STUDY --by NAME --why TEXT
    marks a study retracted: it counts nothing from the next build on
shipa corpus gate [MODEL] [--against MODEL] [--patients N] [--rows N] [--cases DIR] [--format text|json]
    schema, bytes, parity, calibration, golden patients, laws of safety, and over N simulated patients (10000) whose first option would
    change, from what to what, because of which study; writes gate.json. Reasons for what moves: corpus/reasons.yaml (docs/release.md)
shipa corpus release MODEL --by NAME --role ROLE --why TEXT
    moves models/released.json to a model whose gate is green for exactly these bytes, signed by a named person
shipa corpus rollback --by NAME --why TEXT [--role ROLE] [--to MODEL]
    back to what was in force before
shipa corpus train-triage [--seed N] [--data DIR] [--models DIR] [--version V]
    trains the classifier that sorts abstracts by design, oncology and comparison, and writes models/triage/V/ with its card; needs the
    published texts of the shared data (SHIPA_DATA). Same seed, same model
shipa corpus calibrate [--dir DIR] [--data KMDATA] [--out DOCS] [--dry-run]
    predicted against observed survival of trials rebuilt from published curves, each left out of its own network; writes
    DIR/calibration.yaml, DOCS/calibration.md and calibration.svg (--dry-run: only prints the summary)
`;

export async function run(args: string[]): Promise<number> {
  const [action, ...rest] = args;
  switch (action) {
    case 'check':
      return check(rest);
    case 'import':
      if (rest[0] === 'civic') return importCivic(rest.slice(1));
      if (rest[0] === 'trials') return importTrials(rest.slice(1));
      throw new WrongUse('"corpus import" takes civic or trials; "shipa corpus --help" tells more');
    case 'diff':
      return diff(rest);
    case 'extract':
      return extract(rest);
    case 'build':
      return build(rest);
    case 'add':
      return add(rest);
    case 'review':
      return review(rest);
    case 'retract':
      return retract(rest);
    case 'gate':
      return gate(rest);
    case 'release':
      return release(rest);
    case 'rollback':
      return rollback(rest);
    case 'train-triage':
      return trainTriage(rest);
    case 'calibrate':
      return calibrate(rest);
    default:
      throw new WrongUse(`"corpus ${action ?? ''}" is not a command; "shipa corpus --help" lists them`);
  }
}
