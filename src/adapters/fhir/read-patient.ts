// Patient -> Person. Names, addresses below the region, identifiers and contacts are never read.
import type { Person } from '../../domain/history.js';
import type { Item } from './bundle-index.js';
import { extensions } from './datatypes.js';
import type { Element } from './element.js';
import type { ReadContext } from './read-context.js';

export function readPatient(item: Item, context: ReadContext): Person {
  const { element } = item;
  const birthDate = element.date('birthDate');
  if (birthDate === undefined && !element.has('birthDate')) element.warn('birthDate', 'is missing: the age is unknown');
  const sex = readSex(element);
  const region = element.objects('address').flatMap((a) => a.text('state') ?? [])[0];
  const organization = organisation(item, context);
  return {
    id: item.id.replace(/^Patient\//, ''),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(sex === undefined ? {} : { sex }),
    deceased: readDeceased(element),
    ...(region === undefined ? {} : { region }),
    ...(organization === undefined ? {} : { organization }),
    source: { kind: 'resource', place: item.place, reference: item.id },
  };
}

const SEX: Readonly<Record<string, 'female' | 'male' | 'other'>> = {
  female: 'female',
  f: 'female',
  male: 'male',
  m: 'male',
  other: 'other',
};

/** Sex at birth where given (it is what doses and tumours depend on), else the administrative gender. */
function readSex(element: Element): Person['sex'] | undefined {
  const atBirth = extensions(element, 'us-core-birthsex').flatMap(
    (e) => SEX[e.code('valueCode')?.toLowerCase() ?? ''] ?? [],
  );
  const gender = element.code('gender')?.toLowerCase();
  const administrative = gender === undefined ? undefined : SEX[gender];
  if (gender === undefined && !element.has('gender')) element.warn('gender', 'is missing: the sex is unknown');
  if (gender !== undefined && administrative === undefined && gender !== 'unknown') {
    element.warn('gender', 'is not male, female, other or unknown; left out');
  }
  const [birthSex] = atBirth;
  if (birthSex !== undefined && administrative !== undefined && birthSex !== administrative) {
    element.warn('gender', `differs from the sex at birth, which is used (${birthSex})`);
  }
  return birthSex ?? administrative;
}

function readDeceased(element: Element): Person['deceased'] {
  if (element.has('deceasedDateTime')) {
    const date = element.date('deceasedDateTime');
    return date === undefined ? {} : { date };
  }
  return element.boolean('deceasedBoolean') === true ? {} : false;
}

function organisation(item: Item, context: ReadContext): string | undefined {
  const element = item.element.object('managingOrganization');
  if (element === undefined) return undefined;
  const reference = context.index.reference(item.element, element);
  return (
    reference?.item?.element.text('name') ??
    reference?.contained?.text('name') ??
    element.text('display') ??
    reference?.text.replace(/^.*Organization\//, '')
  );
}
