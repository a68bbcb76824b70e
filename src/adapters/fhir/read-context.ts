// What the readers of single resources share: the index for references and the parts that every entry has.
import type { Concept, Entry } from '../../domain/history.js';
import type { BundleIndex, Item } from './bundle-index.js';
import { concept, conceptOf, extensions, notes, type Written } from './datatypes.js';
import type { Element } from './element.js';

export interface ReadContext {
  readonly index: BundleIndex;
  /** Ids that an entry is said to be about by another resource (stage assessments, members of a stage group). */
  readonly aboutBy: ReadonlyMap<string, readonly string[]>;
}

/** Source, id, status and notes of an entry. */
export function base(item: Item, status: string | undefined, about: readonly string[]) {
  const said = notes(item.element);
  const { id, place } = item;
  const read: Written<Pick<Entry, 'source' | 'id' | 'status' | 'about' | 'notes'>> = {
    source: { kind: 'resource', place, reference: id },
    id,
  };
  if (status !== undefined) read.status = status;
  if (about.length > 0) read.about = about.length === 1 ? about : [...new Set(about)];
  if (said.length > 0) read.notes = said;
  return read;
}

/** Ids of the resources referred to in the fields; what is not in the Bundle stays as written, so that it is seen to be another. */
export function aboutIds(item: Item, context: ReadContext, fields: readonly string[]): string[] {
  const ids: string[] = [];
  for (const field of fields) {
    for (const { text, item: target, contained } of context.index.references(item.element, field)) {
      if (target === undefined && contained === undefined)
        item.element.warn(field, `${text.slice(0, 80)} is not in the Bundle`);
      ids.push(target?.id ?? text);
    }
  }
  const more = context.aboutBy.get(item.id);
  return more === undefined ? ids : [...ids, ...more];
}

/** Codes of the reasons: given as codes, or by reference to a Condition. */
export function reasons(item: Item, context: ReadContext): readonly Concept[] {
  if (!item.element.has('reasonCode') && !item.element.has('reasonReference')) return [];
  const coded = item.element.objects('reasonCode').flatMap((e) => conceptOf(e) ?? []);
  const referred = context.index.references(item.element, 'reasonReference').flatMap((r) => {
    const target = r.item?.element ?? r.contained;
    return (target && concept(target, 'code')) ?? (r.display === undefined ? [] : { codings: [], text: r.display });
  });
  return [...coded, ...referred];
}

/** Body sites: the field itself, and a BodyStructure by extension. */
export function bodySites(item: Item, context: ReadContext): readonly Concept[] {
  const { element } = item;
  if (!element.has('bodySite') && !element.has('extension')) return [];
  const own = element.has('bodySite') ? bodySiteElements(item.element).flatMap((e) => withLaterality(e)) : [];
  const structures = ['bodySite', 'mcode-body-structure-identifier', 'procedure-targetBodyStructure'].flatMap((name) =>
    extensions(item.element, name).flatMap((e) => {
      const reference = e.object('valueReference');
      const target = reference && context.index.reference(item.element, reference)?.item?.element;
      return target === undefined ? [] : bodyStructure(target);
    }),
  );
  return [...own, ...structures];
}

/** Observation has one body site, Condition and Procedure a list; both are met. */
const bodySiteElements = (of: Element): readonly Element[] => {
  if (Array.isArray(of.fields.bodySite)) return of.objects('bodySite');
  const one = of.object('bodySite');
  return one === undefined ? [] : [one];
};

/** The site and, as further concepts, its qualifiers ("left"). */
function withLaterality(site: Element): readonly Concept[] {
  const qualifiers = ['mcode-laterality-qualifier', 'mcode-body-location-qualifier'].flatMap((name) =>
    extensions(site, name).flatMap((e) => concept(e, 'valueCodeableConcept') ?? []),
  );
  const own = conceptOf(site);
  return own === undefined ? qualifiers : [own, ...qualifiers];
}

function bodyStructure(element: Element): readonly Concept[] {
  const location = concept(element, 'location');
  const qualifiers = element.objects('locationQualifier').flatMap((e) => conceptOf(e) ?? []);
  return [...(location === undefined ? [] : [location]), ...qualifiers];
}
