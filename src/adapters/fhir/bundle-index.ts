// The resources of a Bundle, each with its path, its id and its own findings, and the references between them.
import type { Element } from './element.js';
import { Findings } from './findings.js';
import { isResourceType } from './resource-types.js';

export interface Item {
  readonly type: string;
  readonly element: Element;
  readonly findings: Findings;
  /** "Condition/123", else the fullUrl, else the path: unique in the Bundle. */
  readonly id: string;
  readonly place: string;
}

export interface Reference {
  /** As recorded. */
  readonly text: string;
  /** The resource that it means, when it is in the Bundle. */
  readonly item?: Item;
  /** The resource inside the referring one ("#med1"). */
  readonly contained?: Element;
  readonly display?: string;
}

/** Bundles inside a Bundle (answers of a batch) are read to this depth. */
const MAX_DEPTH = 3;

export class BundleIndex {
  readonly items: Item[] = [];
  readonly #byUrl = new Map<string, Item>();
  readonly #prefix: string;

  constructor(bundle: Element, prefix: string) {
    this.#prefix = prefix;
    this.#collect(bundle, 0);
  }

  ofType(type: string): readonly Item[] {
    return this.items.filter((item) => item.type === type);
  }

  #collect(bundle: Element, depth: number): void {
    for (const entry of bundle.objects('entry')) {
      const resource = entry.object('resource');
      if (resource === undefined) {
        if (!entry.has('resource') && !entry.has('response'))
          entry.warn('resource', 'the entry has no resource; left out');
        continue;
      }
      const type = resource.code('resourceType');
      if (type === undefined) {
        if (!resource.has('resourceType')) resource.fault('resourceType', 'is missing: the resource cannot be read');
        else if (resource.fields.resourceType === '') resource.fault('resourceType', 'is empty');
        continue;
      }
      if (type === 'Bundle' && depth < MAX_DEPTH) this.#collect(resource, depth + 1);
      else if (type === 'Bundle') resource.warn(undefined, 'a Bundle nested this deep is not read; left out');
      else if (isResourceType(type)) this.#add(entry, resource, type);
      else resource.warn('resourceType', `"${type.slice(0, 40)}" is not a resource type of FHIR R4; left out`);
    }
  }

  #add(entry: Element, resource: Element, type: string): void {
    const findings = new Findings(this.#prefix);
    const element = resource.reportingTo(findings);
    const place = element.path();
    const ownId = typeof resource.fields.id === 'number' ? String(resource.fields.id) : element.code('id');
    const fullUrl = entry.code('fullUrl');
    const recorded = ownId === undefined ? fullUrl : `${type}/${ownId}`;
    const same = recorded === undefined ? undefined : this.#byUrl.get(recorded);
    if (same !== undefined && same.type === type && this.#repeats(same, element)) return;
    const item: Item = {
      type,
      element,
      findings,
      place,
      id: recorded === undefined || same !== undefined ? place : recorded,
    };
    this.items.push(item);
    if (recorded !== undefined && same === undefined) this.#byUrl.set(recorded, item);
    if (fullUrl !== undefined && !this.#byUrl.has(fullUrl)) this.#byUrl.set(fullUrl, item);
    if (ownId !== undefined && !this.#byUrl.has(ownId)) this.#byUrl.set(ownId, item);
  }

  /** The same resource a second time: word for word it is dropped; a later version replaces; otherwise both are read. */
  #repeats(first: Item, second: Element): boolean {
    if (JSON.stringify(first.element.fields) === JSON.stringify(second.fields)) {
      second.warn(undefined, `is the same as ${first.place}; read once`);
      first.findings.warn(second.path(), `is the same as ${first.place}; read once`);
      return true;
    }
    const [before, after] = [updated(first.element), updated(second)];
    if (before === undefined || after === undefined || before === after) {
      second.warn('id', `${first.place} has the same id and another content; both are read`);
      return false;
    }
    const older = before < after ? first.place : second.path();
    first.findings.warn(older, 'an older version of a resource that is in the Bundle twice; left out');
    if (before < after) {
      const at = this.items.indexOf(first);
      const newer: Item = { ...first, element: second.reportingTo(first.findings), place: second.path() };
      this.items[at] = newer;
      for (const [url, item] of this.#byUrl) if (item === first) this.#byUrl.set(url, newer);
    }
    return true;
  }

  /** A Reference element: what it says and what it means. Undefined when it holds no reference text. */
  reference(from: Element, element: Element): Reference | undefined {
    const text = element.code('reference');
    const display = element.text('display');
    if (text === undefined) return undefined;
    const shown = display === undefined ? {} : { display };
    if (text.startsWith('#')) {
      const contained = from.objects('contained').find((c) => c.fields.id === text.slice(1));
      return { text, ...(contained === undefined ? {} : { contained }), ...shown };
    }
    const item = this.lookUp(text);
    if (item !== undefined && display === undefined) return { text, item };
    return { text, ...(item === undefined ? {} : { item }), ...shown };
  }

  references(from: Element, field: string): readonly Reference[] {
    if (!from.has(field)) return [];
    return from.objects(field).flatMap((element) => this.reference(from, element) ?? []);
  }

  /** By fullUrl, by "Type/id" at the end of a URL, or by a bare id. */
  lookUp(url: string): Item | undefined {
    const plain = url.includes('/_history/') ? url.replace(/\/_history\/[^/]*$/, '') : url;
    const exact = this.#byUrl.get(plain);
    if (exact !== undefined) return exact;
    const tail = /(?:^|\/)([A-Z][A-Za-z]+\/[^/?]+)$/.exec(plain)?.[1];
    const bare = plain.replace(/^urn:(uuid|oid):/, '');
    return (tail === undefined ? undefined : this.#byUrl.get(tail)) ?? this.#byUrl.get(bare);
  }
}

const updated = (of: Element): string | undefined => {
  const meta = of.fields.meta;
  if (typeof meta !== 'object' || meta === null || !('lastUpdated' in meta)) return undefined;
  return typeof meta.lastUpdated === 'string' ? meta.lastUpdated : undefined;
};
