// Is an ATC code one, and does its group agree with the drug's classes? The groups are those of the WHO index (L01, L02); a group that
// is not listed says nothing. A code of the wrong group is a slip of the code or of the class.
import type { Corpus } from '../../domain/corpus/corpus.js';
import { error, type Finding, warning } from './finding.js';

const FORM = /^[A-Z]\d\d[A-Z]{2}\d\d$/;

/** ATC group -> classes of which a drug of the group has one. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  L01AA: ['alkylating-agent'],
  L01AD: ['nitrosourea'],
  L01BA: ['antifolate'],
  L01BB: ['purine-analogue'],
  L01BC: ['fluoropyrimidine', 'pyrimidine-analogue'],
  L01CA: ['vinca-alkaloid'],
  L01CB: ['topoisomerase-II-inhibitor'],
  L01CD: ['taxane'],
  L01CE: ['topoisomerase-I-inhibitor'],
  L01DB: ['anthracycline', 'anthracenedione'],
  L01EA: ['BCR-ABL-TKI'],
  L01EB: ['EGFR-TKI', 'EGFR-exon20-TKI'],
  L01EC: ['BRAF-inhibitor'],
  L01ED: ['ALK-TKI'],
  L01EE: ['MEK-inhibitor'],
  L01EF: ['CDK4-6-inhibitor'],
  L01EG: ['mTOR-inhibitor'],
  L01EH: ['HER2-TKI'],
  L01EJ: ['JAK-inhibitor'],
  L01EK: ['VEGFR-TKI'],
  L01EL: ['BTK-inhibitor'],
  L01EM: ['PI3K-AKT-mTOR-inhibitor'],
  L01EN: ['FGFR-inhibitor'],
  L01FA: ['anti-CD20'],
  L01FC: ['anti-CD38'],
  L01FD: ['anti-HER2'],
  L01FE: ['anti-EGFR-antibody'],
  L01FF: ['PD-1-PD-L1-inhibitor'],
  L01FG: ['anti-VEGF'],
  L01XA: ['platinum'],
  L01XF: ['retinoid'],
  L01XG: ['proteasome-inhibitor'],
  L01XH: ['HDAC-inhibitor'],
  L01XJ: ['hedgehog-inhibitor'],
  L01XK: ['PARP-inhibitor'],
  L02AE: ['GnRH-agonist'],
  L02BB: ['antiandrogen', 'ARPI'],
  L02BG: ['aromatase-inhibitor'],
};

export function checkAtc(corpus: Corpus): Finding[] {
  const parents = new Map(corpus.classes.map((c) => [c.id, c.parents]));
  const above = (id: string): readonly string[] => [id, ...(parents.get(id) ?? []).flatMap(above)];
  const holders = new Map<string, string>();
  return corpus.drugs.flatMap(({ inn, atc, classes, antineoplastic }) =>
    atc.flatMap((code) => {
      const record = `drug ${inn}`;
      if (!FORM.test(code)) return [error(record, `ATC code "${code}" is none: a code is like L01EA01`)];
      const holder = holders.get(code);
      if (antineoplastic) holders.set(code, inn);
      const wanted = GROUPS[code.slice(0, 5)];
      const held = new Set(classes.flatMap(above));
      return [
        ...(holder === undefined ? [] : [warning(record, `has the ATC code ${code} of ${holder}`)]),
        ...(wanted === undefined || wanted.some((id) => held.has(id))
          ? []
          : [warning(record, `ATC ${code} is of a group of ${wanted.join(' or ')}, which the drug is not`)]),
      ];
    }),
  );
}
