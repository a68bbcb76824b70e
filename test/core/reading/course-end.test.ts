// How courses end in prose (told as past, just over, going on), what "resected" means, and acronyms of regimens.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { normalize } from '../../../src/core/normalize/normalize.js';
import { createTerminology, type Terminology } from '../../../src/core/normalize/terminology.js';
import { createLexicon, type Lexicon } from '../../../src/core/reading/lexicon.js';
import { plainText } from '../../../src/core/reading/plain-text.js';
import { readNote } from '../../../src/core/reading/read-note.js';
import { sentencesOf } from '../../../src/core/reading/sentence.js';
import { treatmentsIn } from '../../../src/core/reading/treatment.js';
import type { Corpus } from '../../../src/domain/corpus/corpus.js';
import type { Course } from '../../../src/domain/patient.js';

const today = '2026-06-01';
let corpus: Corpus;
let lexicon: Lexicon;
let terms: Terminology;

beforeAll(() => {
  corpus = loadCorpus(join(import.meta.dirname, '../../../corpus'));
  lexicon = createLexicon(corpus);
  terms = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);
});

const history = (text: string) => readNote({ id: 'note', text }, { lexicon, terms }, today);
const courses = (text: string): readonly Course[] =>
  normalize(history(text), terms, today).cases.flatMap((c) => c.courses);
const outcomes = (text: string) =>
  courses(text).map((c) => `${c.drugs.join('+') || c.procedure || c.modality} ${c.outcome}`);

describe('a drug told as past', () => {
  it.each([
    ['Mantle cell lymphoma relapsed after ibrutinib', ['ibrutinib progressed']],
    ['Мантийноклеточная лимфома, рецидив после ибрутиниба', ['ibrutinib progressed']],
    ['CML chronic phase, T315I after dasatinib and nilotinib', ['dasatinib stopped', 'nilotinib stopped']],
  ])('has not been completed when it is given until it fails: %s', (text, expected) => {
    expect(outcomes(text)).toEqual(expected);
  });

  it('stands before the relapse when it ends a list behind "after"', () => {
    const { cases } = normalize(history('CLL relapsed after a BTK inhibitor and venetoclax'), terms, today);
    expect(cases[0]?.values.progressing).toMatchObject({ value: 'yes' });
    expect(cases[0]?.values.line).toMatchObject({ value: 3 });
  });

  it('is not taken for failed when its course was adjuvant', () => {
    expect(
      outcomes('GIST, recurrence in 2025 after adjuvant imatinib completed in 2023').some((o) =>
        o.startsWith('imatinib completed'),
      ),
    ).toBe(true);
  });

  it('is intolerant when toxicity ended it', () => {
    expect(outcomes('НМРЛ IV стадия, пембролизумаб отменён из-за токсичности (пневмонит)')).toEqual([
      'pembrolizumab intolerant',
    ]);
  });
});

describe('a treatment that is just over', () => {
  it.each([
    'Рак яичников IIIC. Выполнена циторедукция и 6 циклов паклитаксел+карбоплатин, полный ответ. Поддерживающая терапия?',
    'Ovarian cancer IIIC, primary debulking and 6 cycles of carboplatin paclitaxel, complete response. Maintenance?',
  ])('ends on the day of the question, and this is said: %s', (text) => {
    const platinum = courses(text).find((c) => c.drugs.includes('carboplatin'));
    expect(platinum).toMatchObject({ outcome: 'completed', bestResponse: 'CR' });
    expect(platinum?.end?.slice(0, 7)).toBe('2026-05');
    expect(history(text).warnings.map((w) => w.message)).toContainEqual(expect.stringContaining('day of the question'));
  });

  it.each([
    'Metastatic pancreatic adenocarcinoma, stable after 5 months of FOLFIRINOX',
    'Метастатический рак поджелудочной железы, стабилизация после 5 месяцев FOLFIRINOX',
  ])('keeps its response and its told length: %s', (text) => {
    const [course] = courses(text);
    expect(course).toMatchObject({ outcome: 'completed', bestResponse: 'SD' });
    const days = (Date.parse(course?.end ?? '') - Date.parse(course?.start ?? '')) / 86_400_000;
    expect(days).toBeGreaterThan(140);
    expect(days).toBeLessThan(165);
  });

  it('has no known end when days are told or the disease came back', () => {
    expect(courses('Ovarian cancer IIIC, 6 cycles of carboplatin paclitaxel, relapsed. What next?')[0]?.end).toBe(
      undefined,
    );
  });

  it('holds induction and transplant of neuroblastoma', () => {
    expect(outcomes('Нейробластома высокого риска, закончена индукция и аутоТКМ. Что дальше?')).toEqual([
      'systemic completed',
      'autologous-transplant completed',
    ]);
  });
});

describe('a course in its beginning', () => {
  it.each(['Рак желудка IV стадия, проведено 2 цикла FLOT', 'Metastatic colorectal cancer, 2 cycles of FOLFOX so far'])(
    'goes on: %s',
    (text) => {
      expect(courses(text)[0]?.outcome).toBe('ongoing');
    },
  );

  it('does not go on when it was neoadjuvant', () => {
    expect(courses('Рак желудка cT3N1M0, неоадъювантно проведено 2 цикла FLOT, затем гастрэктомия')[0]?.outcome).toBe(
      'completed',
    );
  });
});

describe('an operation without a name', () => {
  it.each(['Glioblastoma, resected, 60 years', 'Глиобластома, после резекции'])(
    'is the resection of the brain tumour there: %s',
    (text) => {
      expect(courses(text).map((c) => c.procedure)).toEqual(['craniotomy']);
    },
  );
  it.each(['Меланома кожи IIIB, после лимфаденэктомии', 'Stage III melanoma after lymph node dissection'])(
    'is told by the dissection of nodes: %s',
    (text) => {
      expect(courses(text)[0]).toMatchObject({ modality: 'surgery', outcome: 'completed' });
    },
  );
});

describe('acronyms', () => {
  it('hold the drugs of every regimen of the corpus that goes by one', () => {
    const named = new Map<string, string[][]>();
    for (const { components, name, synonyms } of corpus.cancers.flatMap((c) => c.regimens)) {
      const drugs = components.map((x) => x.drug).filter((d) => !/^(?:levo)?folinic acid$|^levoleucovorin$/.test(d));
      for (const n of [name.en, ...synonyms])
        if (drugs.length > 1 && /^(?=(?:.*[A-Z]){2})[A-Za-z]{3,12}$/.test(n))
          named.set(n, [...(named.get(n) ?? []), drugs]);
    }
    const lost = [...named].flatMap(([n, sets]) => {
      const text = `Progressed after ${n} chemotherapy.`;
      const [s] = sentencesOf(text, plainText(text));
      const found = s === undefined ? [] : treatmentsIn(s, lexicon).flatMap((t) => t.drugs);
      return sets.some((drugs) => drugs.every((d) => found.includes(d))) ? [] : [`${n}: ${found.join('+')}`];
    });
    expect(named.size).toBeGreaterThan(30);
    expect(lost).toEqual([]);
  });

  it('VRd beside a transplant is bortezomib, lenalidomide and dexamethasone', () => {
    const text = 'Множественная миелома, VRd и аутоТКМ';
    const [s] = sentencesOf(text, plainText(text));
    const found = s === undefined ? [] : treatmentsIn(s, lexicon);
    expect(found.flatMap((t) => t.drugs)).toEqual(['bortezomib', 'lenalidomide', 'dexamethasone']);
    expect(found.map((t) => t.procedure)).toContain('autologous-transplant');
  });
});
