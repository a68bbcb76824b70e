// What notes on diseases of the blood tell without the name of the fact: transcripts, failure of erythropoietin, three classes failed,
// a treatment that was of an earlier cancer, the kind of a leukaemia left open.
import { describe, expect, test } from 'vitest';
import { noteReader, readerParts } from './reader-parts.js';

const { read } = noteReader(readerParts());

describe('BCR-ABL1', () => {
  test.each([
    ['CML, imatinib for 2 years, BCR-ABL1 4% IS.', 4],
    ['ХМЛ, на иматинибе 14 мес, BCR-ABL 0,3 % IS.', 0.3],
    ['CML on dasatinib, transcripts fell, BCR::ABL1 (IS) 0.02 %.', 0.02],
  ])('is a number: %s', (text, percent) => {
    expect(read(text).value('bcr-abl1-is')).toBe(percent);
  });

  test.each(['CML on imatinib 18 months, BCR-ABL1 4% IS.', 'ХМЛ, на иматинибе 18 мес, BCR-ABL 4 %.'])(
    'knows since when the inhibitor is taken: %s',
    (text) => {
      expect(read(text).courses).toMatchObject([{ drugs: ['imatinib'], outcome: 'ongoing' }]);
      expect(read(text).courses[0]?.start?.slice(0, 7)).toMatch(/^2024-1[12]$/);
    },
  );
});

describe('facts without their name', () => {
  test.each([
    ['MDS-RS, transfusion dependent, ESA failed.', 'esa-failure', 'yes'],
    ['МДС низкого риска, неэффективность эритропоэтина.', 'esa-failure', 'yes'],
    ['ХЛЛ, нужна первая линия.', 'treatment-need', 'yes'],
    ['ХЛЛ, 78 лет, показано лечение.', 'treatment-need', 'yes'],
    ['Waldenstrom macroglobulinemia, anemia, untreated.', 'treatment-need', 'yes'],
    ['CLL with mild anemia, Rai 0.', 'treatment-need', undefined],
    ['МДС высокого риска IPSS-R, 68 лет.', 'ipss-r-risk', 'high'],
    ['Castleman disease, multicentric.', 'castleman-type', 'multicentric'],
    ['Мультицентрическая болезнь Кастлемана.', 'castleman-type', 'multicentric'],
  ])('%s says %s %s', (text, fact, word) => {
    expect(read(text).value(fact)).toBe(word);
  });
});

describe('treatment', () => {
  test.each([
    ['DLBCL, progressed after R-CHOP and axi-cel.', 'axicabtagene ciloleucel'],
    ['Множественная миелома, прогрессирование после цилта-цел.', 'ciltacabtagene autoleucel'],
    ['Hodgkin lymphoma, relapse after brentuximab.', 'brentuximab vedotin'],
    ['ДВККЛ, прогрессирование на полатузумабе.', 'polatuzumab vedotin'],
  ])('%s: %s was given', (text, drug) => {
    expect(read(text).courses.flatMap((c) => c.drugs)).toContain(drug);
  });

  test('CAR T cells that are planned are not given', () => {
    expect(read('DLBCL, relapse after R-CHOP, fit for CAR-T.').courses.flatMap((c) => c.drugs)).not.toContain(
      'car t cells not named',
    );
  });

  test.each(['Multiple myeloma, triple-class refractory.', 'Множественная миелома, трижды рефрактерная.'])(
    'counts three classes that failed: %s',
    (text) => {
      expect(
        read(text)
          .courses.filter((c) => c.outcome === 'progressed')
          .flatMap((c) => c.drugs),
      ).toEqual(['proteasome inhibitor not named', 'immunomodulatory drug not named', 'anti-cd38 not named']);
    },
  );

  test('leaves to the first cancer what was given for it', () => {
    expect(read('Therapy-related AML, 60 years, after chemotherapy for breast cancer.').courses).toEqual([]);
    const russian = read('Вторичный ОМЛ после химиотерапии рака молочной железы, 63 года.');
    expect(russian.courses).toEqual([]);
    expect(russian.cancer).toBe('AMLMRC');
  });

  test('takes a transplantation in a list for one of stem cells', () => {
    const { courses } = read('High-risk neuroblastoma, completed induction, transplant and radiotherapy, next?');
    expect(courses.map((c) => c.procedure ?? 'drugs')).toEqual(['drugs', 'autologous-transplant', 'radiotherapy']);
  });

  test('reads no line from the last digit of a variant', () => {
    expect(read('Relapsed neuroblastoma, ALK F1174L.').courses).toHaveLength(1);
  });
});

describe('the disease', () => {
  test.each([
    ['Acute leukemia.', 'ALNOS'],
    ['Лейкоз, какое лечение?', 'LEUKNOS'],
    ['Acute leukemia, by flow cytometry AML.', 'AML'],
    ['Острый лейкоз: острый лимфобластный лейкоз, B-линейный.', 'BLL'],
    ['Childhood kidney cancer.', 'WT'],
    ['Рак почки у ребенка 4 лет.', 'WT'],
    ['Richter', 'CLLSLL'],
    ['POEMS syndrome.', 'POEMS'],
  ])('%s is read as %s', (text, code) => {
    expect(read(text).cancer).toBe(code);
  });
});

describe('age', () => {
  test.each([
    ['AML, FLT3-ITD, 52, fit, newly diagnosed.', 52],
    ['AML, TP53 mutation, complex karyotype, 71', 71],
    ['Prostate cancer, PSA, 45, bone metastases.', undefined],
    ['AML, 61 years, marrow blasts, 40.', 61],
  ])('%s: %s', (text, years) => {
    expect(read(text).value('age')).toBe(years);
  });
});
