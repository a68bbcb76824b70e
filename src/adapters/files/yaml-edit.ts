// Small changes to a corpus file that leave every other line as it was written: comments, order and line breaks are the work of people. Each
// change is made in the text, at the place that the YAML parser tells, and then proved: the file must read as before but for that change.
import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, stringify, YAMLMap, type YAMLSeq } from 'yaml';

/** The file is written in a way that cannot be changed line by line. */
export class CannotEdit extends Error {
  override readonly name = 'CannotEdit';
}

type Records = Record<string, unknown>[];

const asYaml = (value: unknown, indent: string): string =>
  stringify(value, { lineWidth: 140, singleQuote: true, flowCollectionPadding: false })
    .trimEnd()
    .replace(/^(?=.)/gm, indent);

/** Appends a record to a file that is a list; a file that is not there begins with `header`. */
export function appendRecord(text: string | undefined, record: object, header: string): string {
  const own = `${asYaml([record], '')}\n`;
  if (text === undefined || text.trim() === '') return `${header.trimEnd()}\n${own}`;
  return proved(text, `${text.trimEnd()}\n\n${own}`, (records) => [...records, plain(record)]);
}

/** Adds a key to a record of a list (block style). @throws CannotEdit */
export function addKey(text: string, id: string, key: string, value: unknown): string {
  const map = recordOf(text, id);
  if (map.has(key)) throw new CannotEdit(`${id} has "${key}" already`);
  const end = endOfLines(text, map);
  const indent = indentOf(text, map);
  const line = asYaml({ [key]: value }, indent);
  return proved(
    text,
    `${text.slice(0, end)}\n${line}${text.slice(end)}`,
    changing(id, (r) => ({ ...r, [key]: plain(value) })),
  );
}

/** Appends to a list of a record, in the style that the list has. @throws CannotEdit */
export function addToList(text: string, id: string, key: string, item: unknown): string {
  const map = recordOf(text, id);
  const list = map.get(key, true);
  if (list === undefined) return addKey(text, id, key, [item]);
  if (!isSeq(list)) throw new CannotEdit(`"${key}" of ${id} is no list`);
  const expected = changing(id, (r) => ({ ...r, [key]: [...((r[key] as unknown[]) ?? []), plain(item)] }));
  if (list.flow === true) {
    const close = (list.range?.[1] ?? 0) - 1;
    const written = flow(item);
    const comma = list.items.length > 0 ? ', ' : '';
    return proved(text, `${text.slice(0, close).trimEnd()}${comma}${written}${text.slice(close)}`, expected);
  }
  const last = list.items.at(-1) as Node;
  const end = endOfLines(text, last);
  return proved(text, `${text.slice(0, end)}\n${asYaml([item], dashIndent(text, list))}${text.slice(end)}`, expected);
}

/** Sets `state: superseded` on one result of a study. @throws CannotEdit */
export function supersede(text: string, id: string, result: number): string {
  const results = recordOf(text, id).get('results', true);
  const map = isSeq(results) ? results.items[result] : undefined;
  if (!isMap(map) || map.range === undefined || map.range === null)
    throw new CannotEdit(`${id} has no result ${result}`);
  const expected = changing(id, (r) => ({
    ...r,
    results: (r.results as Records).map((one, i) => (i === result ? { ...one, state: 'superseded' } : one)),
  }));
  if (map.flow === true) {
    const close = map.range[1] - 1;
    return proved(text, `${text.slice(0, close).trimEnd()}, state: superseded${text.slice(close)}`, expected);
  }
  const end = endOfLines(text, map);
  return proved(text, `${text.slice(0, end)}\n${indentOf(text, map)}state: superseded${text.slice(end)}`, expected);
}

function recordOf(text: string, id: string): YAMLMap {
  const { contents } = parseDocument(text);
  const found = isSeq(contents)
    ? contents.items.find((item) => isMap(item) && String(item.get('id')) === id)
    : undefined;
  if (!isMap(found) || !(found instanceof YAMLMap)) throw new CannotEdit(`there is no record "${id}"`);
  if (found.flow === true)
    throw new CannotEdit(`record "${id}" is written on one line in braces; write it as a block first`);
  return found;
}

/** End of the last line that belongs to a node, without a comment or blank lines behind it. */
function endOfLines(text: string, node: Node): number {
  const end = lastOf(node).range?.[1] ?? node.range?.[1] ?? text.length;
  const trimmed = text.slice(0, end).trimEnd().length;
  const line = text.indexOf('\n', trimmed);
  return line < 0 ? text.length : line;
}

/** The node that is written last inside another. */
function lastOf(node: Node): Node {
  if (isMap(node) && node.flow !== true) {
    const value = (node.items.at(-1) as Pair<unknown, Node | null> | undefined)?.value;
    return value === null || value === undefined ? node : lastOf(value);
  }
  if (isSeq(node) && node.flow !== true) {
    const last = node.items.at(-1) as Node | undefined;
    return last === undefined ? node : lastOf(last);
  }
  return node;
}

/** Blanks before the keys of a block map: the column of its first key. */
function indentOf(text: string, map: YAMLMap): string {
  const key = (map.items[0] as Pair<Node>).key;
  const start = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
  return ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
}

/** Blanks before the dashes of a block list. */
function dashIndent(text: string, list: YAMLSeq): string {
  const start = (list.items[0] as Node).range?.[0] ?? 0;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  return /^ */.exec(text.slice(lineStart))?.[0] ?? '';
}

const flow = (value: unknown): string => {
  const text = stringify(value, {
    collectionStyle: 'flow',
    singleQuote: true,
    lineWidth: 0,
    flowCollectionPadding: false,
  });
  return text.trim();
};

/** As YAML would read it: no undefined. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const changing =
  (id: string, change: (record: Record<string, unknown>) => Record<string, unknown>) =>
  (records: Records): Records =>
    records.map((record) => (record.id === id ? change(record) : record));

/** The changed text, when it reads as expected. @throws CannotEdit */
function proved(before: string, after: string, expected: (records: Records) => unknown[]): string {
  const document = parseDocument(after);
  if (document.errors.length > 0)
    throw new CannotEdit(`the file cannot be changed line by line: ${document.errors[0]?.message}`);
  if (!isDeepStrictEqual(document.toJS(), expected(parseDocument(before).toJS() as Records)))
    throw new CannotEdit('the file is written in a way that cannot be changed line by line; change it by hand');
  return after;
}
