// Records joined by merges in force -> persons. The record known longest leads; nothing depends on the order of the decisions.

export interface Link {
  readonly a: number;
  readonly b: number;
}

/** Each group in ascending order, its first record leading. */
export function groupsOf(ids: readonly number[], links: readonly Link[]): readonly (readonly number[])[] {
  const lead = new Map(ids.map((id) => [id, id]));
  const find = (id: number): number => {
    const up = lead.get(id) ?? id;
    return up === id ? id : find(up);
  };
  for (const { a, b } of links) {
    const [x, y] = [find(a), find(b)];
    lead.set(Math.max(x, y), Math.min(x, y));
  }
  const groups = new Map<number, number[]>();
  for (const id of [...ids].sort((a, b) => a - b)) groups.set(find(id), [...(groups.get(find(id)) ?? []), id]);
  return [...groups.values()];
}
