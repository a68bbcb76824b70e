// A value that is made when it is first looked at, and then kept: words and reasons of options that nobody may ask about.
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
