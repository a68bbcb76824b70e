// PubMed XML as a stream: whole, cut at any place, broken in the middle, too long.
import { describe, expect, test } from 'vitest';
import { PubmedXmlReader, type Read } from '../../../src/adapters/pubmed/pubmed-xml.js';

const article = (pmid: number, abstract: string): string =>
  `<PubmedArticle><MedlineCitation><PMID Version="1">${pmid}</PMID><Article><ArticleTitle>Title <i>of</i> ${pmid}.</ArticleTitle>
   <Abstract>${abstract}</Abstract></Article><CommentsCorrectionsList><CommentsCorrections><PMID>999</PMID></CommentsCorrections>
   </CommentsCorrectionsList></MedlineCitation></PubmedArticle>`;
const set = (...articles: string[]): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>${articles.join('\n')}</PubmedArticleSet>`;

function readAll(xml: string, block = 7): Read[] {
  const reader = new PubmedXmlReader('f.xml');
  const found: Read[] = [];
  for (let i = 0; i < xml.length; i += block) found.push(...reader.write(xml.slice(i, i + block)));
  return [...found, ...reader.end()];
}
const texts = (all: readonly Read[]): string[] => all.flatMap((r) => (r.kind === 'document' ? [r.document.text] : []));
const faults = (all: readonly Read[]): string[] =>
  all.flatMap((r) => (r.kind === 'fault' ? [`${r.fault.place}: ${r.fault.message}`] : []));

const TWO = set(
  article(
    1,
    '<AbstractText Label="RESULTS">HR 0.5 &lt; 1.</AbstractText><AbstractText Label="UNLABELLED">End.</AbstractText>',
  ),
  article(2, '<AbstractText>Plain.</AbstractText>'),
);

describe('PubMed XML', () => {
  test('gives title and abstract joined by a newline, labels before their parts, wherever the blocks are cut', () => {
    for (const block of [1, 7, 4096]) {
      const all = readAll(TWO, block);
      expect(faults(all)).toEqual([]);
      expect(texts(all)).toEqual(['Title of 1.\nRESULTS: HR 0.5 < 1. End.', 'Title of 2.\nPlain.']);
    }
  });

  test('takes the PMID of the article, not of one that it comments on', () => {
    expect(readAll(TWO).flatMap((r) => (r.kind === 'document' ? [r.document.pmid] : []))).toEqual(['1', '2']);
  });

  test('reads an article without a set around it', () => {
    expect(texts(readAll(article(3, '<AbstractText>One.</AbstractText>')))).toEqual(['Title of 3.\nOne.']);
  });

  test('gives what stands before a cut, and says where it is', () => {
    const all = readAll(TWO.slice(0, TWO.indexOf('Plain')));
    expect(texts(all)).toEqual(['Title of 1.\nRESULTS: HR 0.5 < 1. End.']);
    expect(faults(all).join()).toMatch(/f\.xml, line \d+, column \d+: .*(?:cut off|not well-formed)/);
  });

  test('goes on after an article that is not well-formed', () => {
    const all = readAll(
      set(article(1, '<AbstractText>One <b>bad</AbstractText>'), article(2, '<AbstractText>Two.</AbstractText>')),
    );
    expect(texts(all)).toContain('Title of 2.\nTwo.');
    expect(faults(all)[0]).toMatch(/line \d+, column \d+: not well-formed XML/);
  });

  test('says so when there is no article', () => {
    expect(faults(readAll('<html><body>Not found</body></html>'))[0]).toMatch(/holds no PubMed article/);
  });

  test('marks bytes of another encoding', () => {
    const [read] = readAll(set(article(1, '<AbstractText>5 \uFFFDg</AbstractText>')));
    expect(read?.kind === 'document' && read.document.faults[0]?.message).toMatch(/declared encoding/);
  });

  test('stops where text goes on without an end', () => {
    const reader = new PubmedXmlReader('f.xml');
    reader.write('<PubmedArticleSet><PubmedArticle><MedlineCitation><Article><ArticleTitle>');
    const block = 'x'.repeat(1 << 20);
    const found: Read[] = [];
    for (let i = 0; i < 40; i++) found.push(...reader.write(block));
    expect(faults(found).join('\n')).toMatch(/no article in \d+ characters: not read further/);
  });

  test('stops where elements are nested without measure', () => {
    const reader = new PubmedXmlReader('f.xml');
    const found = reader.write(`<PubmedArticleSet>${'<a>'.repeat(1000)}`);
    expect(faults(found).join('\n')).toMatch(/nested more than 200 deep: not read further/);
    expect(reader.write('<a>'.repeat(1000))).toEqual([]);
  });
});
