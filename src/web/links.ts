// Where one can go from every page.
export const LINKS = [
  { href: '/', words: 'Patients' },
  { href: '/runs', words: 'Runs' },
  { href: '/try', words: 'Try a Bundle' },
] as const;
