// Notes on diseases of the blood, by the classes of misreading that a second reader's 216 unseen questions showed.
import { describe, expect, test } from 'vitest';
import { noteReader, readerParts } from './reader-parts.js';

const { read } = noteReader(readerParts());

describe('the name of the disease', () => {
  test.each([
    ['Polycythaemia vera, JAK2 V617F, no thrombosis.', 'PV'],
    ['ХМЛ, хроническая фаза, впервые выявлен.', 'CML'],
    ['ХМЛ, фаза акселерации.', 'CML_AP'],
    ['Philadelphia-positive B-ALL, untreated.', 'BLLBCRABL1'],
    ['Ph-positive ALL with T315I mutation.', 'BLLBCRABL1'],
    ['Child of 6 years, B-cell precursor ALL, standard risk.', 'BLL'],
    ['Infant with ALL, KMT2A rearranged.', 'BLLKMT2A'],
    ['Not all lesions are of the same size. DLBCL stage IV.', 'DLBCLNOS'],
    ['Первичная лимфома ЦНС (ДВКЛ).', 'PCNSL'],
    ['Primary CNS lymphoma (DLBCL), untreated.', 'PCNSL'],
    ['Лимфома мантийной зоны, стадия IV.', 'MCL'],
    ['Leukaemic non-nodal mantle cell lymphoma, asymptomatic.', 'MCL'],
    ['Advanced Hodgkin IV, Deauville 4.', 'HL'],
    ['ЛКГ, единичный очаг кости черепа.', 'LCH'],
    ['БПДКН, не лечилась.', 'BPDCN'],
    ['iMCD-TAFRO, ECOG 2.', 'CASTL'],
  ])('%s is read as %s', (text, code) => {
    expect(read(text).cancer).toBe(code);
  });
});

describe('relapse and response', () => {
  test.each([
    'DLBCL relapsed 3 years after R-CHOP complete remission, fit for autologous transplant.',
    'Follicular lymphoma third relapse after R-CHOP, R-lenalidomide, obinutuzumab-bendamustine.',
    'Фолликулярная лимфома трансформировалась в ДВКЛ (биопсия) через 3 года после R-бендамустина.',
    'ХЛЛ, синдром Рихтера, ранее ибрутиниб.',
    'CLL, progressive nodes, intolerance to ibrutinib.',
  ])('stands after all that was given: %s', (text) => {
    expect(read(text).value('progressing') ?? read(text).own?.status).toBeDefined();
    const statuses = read(text).own?.courses ?? [];
    expect(statuses.length).toBeGreaterThan(0);
  });

  test('lets a drug fail of which the failure is told', () => {
    expect(read('ХМЛ, неудача иматиниба, мутация F317L.').own?.courses).toMatchObject([{ outcome: 'progressed' }]);
  });
  test('does not take the scheme Pd for progression, nor a count for more lines than it names', () => {
    const { own } = read('Множественная миелома, 3 линии: VRd, дара, Kd, рефрактерна.');
    expect(own?.courses.every((c) => c.drugs.length > 0)).toBe(true);
  });
  test('knows that a first remission came of a treatment', () => {
    expect(read('ОМЛ, первая ремиссия, есть донор.').own?.courses).toHaveLength(1);
  });
});

describe('facts', () => {
  test.each([
    ['Unicentric Castleman disease, resectable.', 'castleman-type', 'unicentric'],
    ['HHV-8-ассоциированная мультицентрическая болезнь Кастлемана.', 'castleman-type', 'hhv8'],
    ['Идиопатическая мультицентрическая болезнь Кастлемана тяжёлая.', 'castleman-severity', 'severe'],
    ['Идиопатическая мультицентрическая болезнь Кастлемана, нетяжёлая.', 'castleman-severity', 'non-severe'],
    ['MDS, no del5q, transfusion dependent.', 'transfusion-dependent', 'yes'],
    ['MDS, not transfusion dependent.', 'transfusion-dependent', 'no'],
    ['DLBCL, frail, not candidate for transplant or CAR-T.', 'car-t-candidate', 'no'],
    ['ДВКЛ, рецидив, не кандидат на CAR-T.', 'car-t-candidate', 'no'],
    ['ДВКЛ, кандидат на CAR-T.', 'car-t-candidate', 'yes'],
    ['Primary myelofibrosis, symptomatic splenomegaly, intermediate-2.', 'dipss-risk', 'intermediate-2'],
    ['Primary myelofibrosis, symptomatic splenomegaly, intermediate-2.', 'mpn-symptoms', 'yes'],
  ])('%s says %s: %s', (text, fact, expected) => {
    expect(read(text).value(fact)).toBe(expected);
  });

  test.each([
    ['CML, failure of imatinib, no mutation, 66 years, peripheral arterial disease.', 'peripheral-artery-disease'],
    ['Essential thrombocythaemia, prior thrombosis.', 'thrombosis'],
    ['Polycythaemia vera, previous stroke.', 'stroke'],
  ])('an illness of the past that still counts is kept: %s', (text, id) => {
    expect(read(text).patient.conditions.map((c) => c.id)).toContain(id);
  });
  test('an infection that is over, or a pregnancy of the past, is not one of now', () => {
    expect(read('CLL, previous pneumonia.').patient.conditions).toEqual([]);
    expect(read('CLL, previous pregnancy.').patient.conditions).toEqual([]);
  });

  test('names the gene of a variant that only one gene has', () => {
    const { own } = read('CML chronic phase, resistant to imatinib with Y253H mutation.');
    expect(own?.biomarkers).toMatchObject([{ name: 'ABL1' }]);
  });
});
