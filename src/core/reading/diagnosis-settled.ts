// From the cancers, stages and metastases that the sentences name to one settled diagnosis.

import type { Source } from '../../domain/fact.js';
import { daysBetween, type PartialDate } from '../../domain/partial-date.js';
import { cancerTree } from '../normalize/cancer-tree.js';
import type { Terminology } from '../normalize/terminology.js';
import { saysAdvanced } from './advanced.js';
import { wantsPartner } from './chemoradiation.js';
import type { CancerSaid } from './diagnosis.js';
import { byMarker, diagnosisWords, withoutMole, withoutVague } from './diagnosis-words.js';
import { diseaseWords } from './disease-words.js';
import { histologyBeside } from './histology-beside.js';
import { latestStages } from './latest-stage.js';
import type { Lexicon } from './lexicon.js';
import { liverStage } from './liver-stage.js';
import { LOCAL, localSaid } from './local-said.js';
import { notGiven } from './not-given.js';
import { isOrganOf } from './organ-operation.js';
import { plainFacts, UNRESECTABLE } from './plain-fact.js';
import { datesIn } from './reading-date.js';
import { riskFacts } from './risk-said.js';
import type { Sentence } from './sentence.js';
import { deniedSpread, type StageSaid, spreadIn, stagesIn } from './spread.js';
import { firstSpreadDate, operatedBefore } from './spread-date.js';
import { earlyAlone, inSituOfSkin, isBareFour, withDeniedSpread } from './stage-implied.js';
import type { Story } from './story.js';

export type Place = (start: number, end: number) => Source;

interface Told {
  readonly start: number;
  readonly end: number;
}

export interface Diagnosed {
  readonly cancers: readonly CancerSaid[];
  readonly others: readonly CancerSaid[];
  readonly organ: string;
  readonly words: string;
  readonly systemic: boolean;
  readonly stages: readonly (StageSaid & { readonly late: boolean })[];
  readonly sites: readonly ({ readonly id: string; readonly phrase: string } & Told)[];
  readonly metastatic: boolean;
  /** Metastatic by a rule of the reader, not by its words. */
  readonly implied: boolean;
  /** Metastases came after the primary had been treated. */
  readonly recurrent: boolean;
  readonly relapseDate?: PartialDate;
  /** Where the sentence that first tells of metastases begins. */
  readonly spreadFrom?: number;
  readonly date?: PartialDate;
  readonly laterality?: string;
  readonly facts: readonly ({ readonly name: string; readonly value: string; readonly inferred?: string } & Told)[];
  readonly remarks: readonly string[];
}

const RECURRED =
  /\b(?:relaps\w+|recurr\w+|metachronous|developed|later (?:found|developed)|subsequent(?:ly)?|now(?: with| has| presents)?|found to have|new (?:\w+ ){0,2}(?:metastas[ei]s|lesions|mets))\b|(?<!\p{L})(?:рецидив\p{L}*|прогрессир\p{L}*|метахронн\p{L}*|появ\p{L}*|возник\p{L}*|через|спустя)(?!\p{L})/u;

export function settleDiagnosis(
  sentences: readonly Sentence[],
  cancers: readonly CancerSaid[],
  story: Story,
  lexicon: Lexicon,
  terms: Terminology,
  asOf: PartialDate,
): Diagnosed {
  const tree = cancerTree(terms.vocabulary);
  const own = cancers.filter((c) => !c.past);
  const now = own.length > 0 ? own : cancers;
  const sure = now.filter((c) => !c.suspected);
  const pool = withoutVague(withoutMole(sure.length > 0 ? sure : now), terms);
  const main = mainOrgan(pool);
  const mine = pool.filter((c) => c.organ === main || c.generic || c.organ === 'OTHER');
  const others = cancers.filter((c) => !mine.includes(c) && c.past && c.organ !== main && !c.generic);
  const ignored = pool.filter((c) => !mine.includes(c) && c.organ !== '' && !c.bare);
  const systemic = mine.some((c) => c.oncotree !== '' && tree.isSystemic(c.oncotree));
  const spreads = sentences.map((s) => ({ s, spread: spreadIn(s, lexicon) }));
  const sites = new Map<string, { id: string; phrase: string } & Told>();
  const bodySites = new Set(mine.flatMap((c) => c.phrase.split(' ')));
  for (const { s, spread } of spreads)
    for (const site of spread.sites)
      if (
        !sites.has(site.id) &&
        !(spread.byPlace && isOrganOf(site.id, main)) &&
        !(bodySites.has(site.phrase) && site.phrase.split(' ').length === 1 && isOrganOf(site.id, main))
      )
        sites.set(site.id, { id: site.id, phrase: site.phrase, start: s.start + site.start, end: s.start + site.end });
  const denied = sentences.find((s) => deniedSpread(s.plain));
  const nonMetastatic = denied !== undefined;
  // "New lesions in the liver" of a tumour of the liver are no metastases; of any other they are.
  const spreadWide = ({ spread }: (typeof spreads)[number]): boolean =>
    spread.metastatic && (!spread.byPlace || spread.sites.some((x) => !isOrganOf(x.id, main)));
  const metastatic = !systemic && spreads.some(spreadWide) && !(nonMetastatic && sites.size === 0);
  const stagesTold = sentences.flatMap((s) =>
    stagesIn(s).map((x) => ({ ...x, start: s.start + x.start, end: s.start + x.end, day: s.day })),
  );
  const inSitu = stagesTold.length > 0 || metastatic ? undefined : inSituOfSkin(sentences, mine);
  if (inSitu !== undefined) stagesTold.push({ ...inSitu, day: undefined });
  const early =
    stagesTold.some((x) => x.name !== 'TNM' && /^(?:0|I{1,3}|[1-3])(?![V])/.test(x.value)) ||
    stagesTold.some((x) => x.name === 'TNM' && /^y?p/.test(x.value));
  const perioperative = story.events.some(
    (e) =>
      e.kind === 'treatment' &&
      (e.said.intent === 'adjuvant' ||
        e.said.intent === 'neoadjuvant' ||
        (e.treatment.definitive && e.treatment.modality !== 'procedure')),
  );
  const relapsed = story.events.some((e) => e.kind === 'status' && e.recurrence);
  const saysLater = spreads.some(({ s, spread }) => spread.metastatic && RECURRED.test(s.plain));
  const deNovo = sentences.some((s) =>
    /\bde novo\b|\bsynchronous\b|at (?:initial )?(?:diagnosis|presentation)|(?<!\p{L})синхронн\p{L}*/u.test(s.plain),
  );
  const adjuvant = story.events.some(
    (e) => e.kind === 'treatment' && (e.said.intent === 'adjuvant' || e.said.intent === 'neoadjuvant'),
  );
  const metastasisDate = spreads
    .flatMap(({ s, spread }) => (spread.metastatic ? datesIn(s.plain, s.day ?? asOf).map((d) => d.date) : []))
    .at(-1);
  const told = diagnosisDate(sentences, asOf);
  // "In 2018 wide local excision, FEC-T, letrozole ... in March 2026 bone metastases": what was operated on long before came back.
  const firstSpread = firstSpreadDate(spreads, asOf);
  const longAgo = firstSpread !== undefined && operatedBefore(story, firstSpread);
  const recurrent =
    metastatic &&
    !deNovo &&
    (longAgo || (perioperative && (early || relapsed || saysLater || adjuvant)) || (early && (relapsed || saysLater)));
  // "In May 2026 she presented with ..." after a mastectomy of 2017: of the relapse, not of the diagnosis.
  const treated = story.events.flatMap((e) => (e.kind === 'treatment' && e.date !== undefined ? [e.date] : []));
  const secondTime = told !== undefined && metastatic && treated.some((d) => daysBetween(d, told) > 90);
  const date = secondTime ? undefined : told;
  const late =
    metastatic && date !== undefined && metastasisDate !== undefined && daysBetween(date, metastasisDate) > 150;
  const relapseDate = secondTime
    ? (metastasisDate ?? told)
    : longAgo
      ? firstSpread
      : recurrent || late
        ? metastasisDate
        : undefined;
  const { kept: stagesKept, remarks: stageRemarks } = latestStages(stagesTold, recurrent || late || secondTime);
  const localAt = systemic || metastatic || stagesTold.length > 0 ? undefined : localSaid(sentences);
  const local = sentences.some((s) => LOCAL.test(s.plain));
  const unstaged = !systemic && !metastatic && !nonMetastatic && !local && stagesTold.length === 0;
  const bareFour = !metastatic && !nonMetastatic && !local && isBareFour(stagesTold, main);
  const denial =
    denied === undefined || systemic || metastatic || sites.size > 0
      ? undefined
      : { start: denied.start, end: denied.start + denied.plain.length };
  const implied = (unstaged || bareFour) && impliesAdvanced(story, main, mine, sentences);
  const tiny = unstaged || metastatic || nonMetastatic ? undefined : earlyAlone(stagesKept, main);
  const advanced = unstaged && !perioperative && saysAdvanced(sentences, main, mine) !== undefined;
  const beside = histologyBeside(sentences, mine, terms);
  return {
    cancers: mine,
    others,
    organ: main,
    words: [diagnosisWords(mine), ...beside, ...byMarker(sentences, mine)].filter((w) => w !== '').join('; '),
    systemic,
    stages: [
      ...(tiny === undefined ? withDeniedSpread(stagesKept, denial) : [tiny]).map((x) => ({
        ...x,
        late: recurrent && (/^(?:IV|4)/.test(x.value) || /m1/i.test(x.value)),
      })),
      ...(localAt === undefined || denial !== undefined || recurrent || story.lineAsked !== undefined
        ? []
        : [{ name: 'TNM', value: 'cM0', late: false, ...localAt }]),
    ],
    sites: [...sites.values()],
    metastatic: metastatic || implied || advanced,
    implied: implied || advanced,
    recurrent: recurrent || late || secondTime,
    facts: [
      ...plainFacts(sentences),
      ...riskFacts(sentences, mine, lexicon, terms),
      ...liverStage(sentences, mine, stagesTold.length > 0, story),
      ...diseaseWords(sentences, mine, lexicon, terms),
    ],
    remarks: [
      ...stageRemarks,
      ...(story.events.some(
        (e) =>
          e.kind === 'treatment' &&
          wantsPartner(
            e,
            story.events.filter((x) => x.kind === 'treatment'),
            main,
          ),
      )
        ? ['chemoradiotherapy is told without its drugs: taken as with platinum, the rule in this cancer']
        : []),
      ...(implied && !bareFour
        ? ['lines of systemic treatment are told and no stage: the disease is taken as advanced']
        : []),
      ...(implied && bareFour
        ? ['stage IV without its letter and a line of systemic treatment: taken as metastatic']
        : []),
      ...(tiny === undefined ? [] : [`${tiny.value}: nodes and metastases are not told and taken as none`]),
      ...(advanced && !implied ? ['the disease is called advanced without a stage: taken as metastatic'] : []),
      ...(ignored.length === 0
        ? []
        : [`another cancer is named too and not used: ${[...new Set(ignored.map((c) => c.phrase))].join(', ')}`]),
      ...spreads.flatMap((x) => x.spread.suspected).map((t) => `only suspected and not used: ${t.trim()}`),
      ...notGiven(story),
    ],
    ...(relapseDate === undefined ? {} : { relapseDate, spreadFrom: spreads.find(spreadWide)?.s.start ?? 0 }),
    ...(date === undefined ? {} : { date }),
  };
}

const TROPHOBLAST = /trophoblast|choriocarcin|mole|трофобласт|хорионкарцин|пузырн/u;

/** Drugs of the urothelium that are given for advanced disease by their labels (avelumab: maintenance), not into the bladder. */
const OF_ADVANCED =
  /^(?:enfortumab vedotin|erdafitinib|sacituzumab govitecan|avelumab|atezolizumab|vinflunine|trastuzumab deruxtecan)$/;

/** Adjuvant treatment is asked about or told of: the disease is early. */
const ADJUVANT = /\badjuvant\b|(?<!\p{L})адъювант/u;

/** Lines of treatment are counted, or a drug failed, and nothing local was done: so one speaks of advanced disease only. */
function impliesAdvanced(
  story: Story,
  organ: string,
  cancers: readonly CancerSaid[],
  sentences: readonly Sentence[],
): boolean {
  // A line in the bladder may be of BCG, unless it is the next one that is stated.
  if (
    /LIVER|BRAIN|OVARY|TESTIS/.test(organ) ||
    (organ === 'PLEURA' && sentences.some((s) => UNRESECTABLE.test(s.plain))) ||
    sentences.some((s) => ADJUVANT.test(s.plain)) ||
    cancers.some((c) => TROPHOBLAST.test(c.phrase))
  )
    return false;
  const drugs = story.events.filter((e) => e.kind === 'treatment' && e.treatment.kind !== 'procedure');
  if (
    /BLADDER/.test(organ) &&
    !drugs.some((e) => e.kind === 'treatment' && e.treatment.drugs.some((d) => OF_ADVANCED.test(d))) &&
    (story.lineAsked === undefined ||
      drugs.length > 0 ||
      cancers.some((c) => /non-?muscle|nmibc|немышечно|superficial|поверхностн/u.test(c.words)))
  )
    return false;
  if (isBeyondSalvage(story)) return true;
  if (
    story.events.some(
      (e) =>
        e.kind === 'treatment' &&
        (e.treatment.definitive || e.said.intent === 'adjuvant' || e.said.intent === 'neoadjuvant'),
    )
  )
    return false;
  const lines =
    story.lineAsked !== undefined ||
    story.linesBefore !== undefined ||
    drugs.some((e) => e.kind === 'treatment' && e.said.line !== undefined);
  return (
    lines || drugs.some((e) => e.kind === 'treatment' && (e.said.ended === 'progressed' || e.said.given === 'given'))
  );
}

/** "Recurrent after chemoradiation and two lines of systemic treatment": what came back and was given two lines is beyond salvage of its place. */
const isBeyondSalvage = ({ events, linesBefore }: Story): boolean =>
  events.some((e) => e.kind === 'status' && e.recurrence) &&
  ((linesBefore ?? 0) > 1 || events.some((e) => e.kind === 'treatment' && (e.said.lines ?? 1) > 1));

/** The organ named most firmly: the first that is neither a bare organ nor a histology shared by many. */
function mainOrgan(cancers: readonly CancerSaid[]): string {
  const coded = cancers.find((c) => c.codings.length > 0 && !c.placed && c.organ !== '');
  const placed = cancers.find((c) => c.placed && c.organ !== '');
  const firm = cancers.find(
    (c) => !c.generic && !c.bare && !c.placed && c.codings.length === 0 && c.organ !== 'OTHER' && c.organ !== '',
  );
  return (coded ?? firm ?? placed ?? cancers.find((c) => !c.generic && c.organ !== 'OTHER') ?? cancers[0])?.organ ?? '';
}

function diagnosisDate(sentences: readonly Sentence[], asOf: PartialDate): PartialDate | undefined {
  for (const s of sentences) {
    const m =
      /\b(?:diagnosed|diagnosis|dx|presented)\b|(?<!\p{L})(?:диагноз\p{L}*|диагностир\p{L}*|выявлен\p{L}*|установлен\p{L}*|болен|больна|заболел\p{L}*)(?!\p{L})/u.exec(
        s.plain,
      );
    if (m === null || s.section === 'family') continue;
    const [near] = datesIn(s.plain, s.day ?? asOf)
      .filter((d) => d.start - m.index < 70 && m.index - d.end < 40)
      .sort((a, b) => Math.abs(a.start - m.index) - Math.abs(b.start - m.index));
    if (near !== undefined) return near.date;
  }
  return undefined;
}
