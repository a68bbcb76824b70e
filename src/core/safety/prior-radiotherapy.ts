// Earlier radiotherapy of the same field: the procedure of the regimen, or one above or below it, was given before in this case.
// Laterality is the case's own (a second primary on the other side is another case), so fields of the other side do not count.
import { courseInWords } from '../criteria/therapy.js';
import { type Check, NOT_MET } from './check.js';

export const priorRadiotherapy: Check = ({ regimen, context }) => {
  const { cancerCase, index } = context;
  const isRadiotherapy = (id: string) => (index.procedure(id)?.modality ?? '').includes('radiotherapy');
  const fields = regimen.procedures.filter(isRadiotherapy);
  const before = cancerCase.courses.filter(
    (course) =>
      (course.modality === 'radiotherapy' || course.modality === 'chemoradiotherapy') &&
      course.outcome !== 'planned' &&
      fields.some(
        (f) =>
          course.procedure !== undefined &&
          (index.isProcedure(f, course.procedure) || index.isProcedure(course.procedure, f)),
      ),
  );
  return before.length === 0 ? NOT_MET : { state: 'met', because: before.map((c) => courseInWords(c, index)) };
};
