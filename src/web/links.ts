// Where one can go from every page.
export const LINKS = [
  { href: '/', words: 'Patients' },
  { href: '/runs', words: 'Runs' },
  { href: '/try', words: 'Try a case' },
] as const;

export const LANGUAGES = [
  { id: 'en', words: 'English' },
  { id: 'ru', words: 'Русский' },
  { id: 'kk', words: 'Қазақша' },
] as const;

/** The same page in the other languages. */
export const inLanguages = (path: string): readonly { readonly href: string; readonly words: string }[] =>
  LANGUAGES.map(({ id, words }) => ({ href: `${path}?lang=${id}`, words }));
