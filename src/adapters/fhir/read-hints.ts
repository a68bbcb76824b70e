// FHIR Patient -> what tells who it is: numbers, names, birth date, sex. Read only to compare two records (`shipa identity`), never for
// a recommendation: readPatient leaves all of it unread.
import { parseIin } from '../../core/identity/iin.js';
import type { Identifier, IdentityHints } from '../../domain/identity.js';
import { parsePartialDate } from '../../domain/partial-date.js';

type Json = Readonly<Record<string, unknown>>;

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(object) : []);
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

/** Nothing where the document is no Bundle (a note). @param document a Bundle as it was stored @param patient id of the Patient meant, where there are several */
export function readHints(document: string, patient: string): IdentityHints {
  const patients = list(object(parsed(document)).entry)
    .map((entry) => object(entry.resource))
    .filter((resource) => resource.resourceType === 'Patient');
  const [found] = patients.length === 1 ? patients : patients.filter((p) => p.id === patient);
  return found === undefined ? { identifiers: [], names: [] } : hintsOf(found);
}

function parsed(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return undefined; // A text: it tells no numbers that could be relied on.
  }
}

function hintsOf(patient: Json): IdentityHints {
  const birthDate = parsePartialDate(text(patient.birthDate) ?? '');
  const sex = patient.gender === 'female' || patient.gender === 'male' ? patient.gender : undefined;
  return {
    identifiers: list(patient.identifier).flatMap((i) => identifierOf(i, birthDate, sex)),
    names: list(patient.name).flatMap(nameOf),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(sex === undefined ? {} : { sex }),
  };
}

/** Numbers out of use, or entered as a stand-in, identify nobody. */
function identifierOf(identifier: Json, birthDate: string | undefined, sex: string | undefined): readonly Identifier[] {
  const value = text(identifier.value);
  if (value === undefined || identifier.use === 'old' || identifier.use === 'temp') return [];
  const system = text(identifier.system) ?? '';
  const codes = list(object(identifier.type).coding).flatMap((c) => text(c.code)?.toUpperCase() ?? []);
  const words = `${system} ${text(object(identifier.type).text) ?? ''}`;
  // HL7 v2 table 0203: NI national unique individual identifier, NNxxx national person identifier of the country xxx (ISO 3166).
  const national = codes.some((code) => code === 'NI' || /^NN[A-Z]{2,3}$/.test(code));
  const kazakh = codes.some((code) => code === 'NNKAZ' || code === 'NNKZ') || IIN_WORD.test(words);
  const elsewhere = codes.some((code) => /^NN[A-Z]{2,3}$/.test(code)) && !kazakh;
  const iin = parseIin(value);
  // Under a system of any name: the number tells this very day and sex, which no other number of twelve digits would.
  const tells = iin !== undefined && iin.birthDate === birthDate && iin.sex === sex;
  if (iin !== undefined && (kazakh || tells || (national && !elsewhere)))
    return [{ kind: 'iin', system, value: iin.value }];
  return [{ kind: national || kazakh ? 'national' : 'local', system, value }];
}

/** "urn:kz:iin", "ИИН", "ЖСН" as a word of the system or of the type. */
const IIN_WORD = /(?<![\p{L}\d])(iin|иин|жсн|zhsn)(?![\p{L}\d])/iu;

function nameOf(name: Json): readonly string[] {
  const parts = [text(name.family), ...(Array.isArray(name.given) ? name.given.map(text) : [])];
  const written = parts.filter((part) => part !== undefined);
  return written.length > 0 ? [written.join(' ')] : text(name.text) === undefined ? [] : [text(name.text) ?? ''];
}
