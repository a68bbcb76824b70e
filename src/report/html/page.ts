// The frame of every page: title, style, where to go, and what this software is not.
import { saying } from '../words.js';
import { html, Markup } from './markup.js';
import { STYLE } from './style.js';

export interface Link {
  readonly href: string;
  readonly words: string;
}

/** A whole, self-contained document: no script, nothing loaded from elsewhere. */
export function page(title: string, body: Markup, links: readonly Link[] = [], lang = 'en'): string {
  const nav = links.map((link) => html`<a href="${link.href}">${link.words}</a> `);
  const document = html`<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - Shipa</title><style>${styleSheet}</style></head>
<body>${links.length > 0 && html`<header class="site"><strong>Shipa</strong><nav>${nav}</nav></header>`}
<main>${body}
<footer>${saying(lang)(WHAT_IT_IS_NOT)}</footer></main></body></html>`;
  return `<!doctype html>\n${document.text}\n`;
}

const styleSheet = new Markup(STYLE);

const WHAT_IT_IS_NOT =
  "Shipa supports the oncologist's decision and does not make it. It is not a certified medical device. Figures are of trial populations; the treating doctor answers for the choice.";
