// Sentences that the core makes, in the language of the answer. English is the key; a template's braces are filled in after translation.
import { KK } from './kk.js';
import { type Message, RU } from './ru.js';

export type Lang = 'en' | 'ru' | 'kk';

const TABLES: Readonly<Record<Exclude<Lang, 'en'>, Readonly<Record<Message, string>>>> = { ru: RU, kk: KK };

export function translate(
  lang: Lang,
  message: Message,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const template: string = lang === 'en' ? message : TABLES[lang][message];
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** A single word of ours ("adjuvant", "positive") where it has a translation; the word itself, blanks for hyphens, where it has none. */
export const word = (lang: Lang, id: string): string =>
  lang !== 'en' && isMessage(id) ? TABLES[lang][id] : id.replaceAll('-', ' ');

const isMessage = (id: string): id is Message => id in RU;
