// JSON with sorted keys and numbers at full precision: equal content gives equal bytes, so that a release can be repeated.

export function canonicalJson(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_key, member: unknown) =>
      typeof member === 'object' && member !== null && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
        : member,
    indent,
  );
}
