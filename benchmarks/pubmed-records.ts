// PubMed records of usual size around a given abstract: authors with affiliations, journal, MeSH terms, as a baseline file has them.

export const SET_START = '<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n';
export const SET_END = '</PubmedArticleSet>\n';

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export function articleXml(pmid: number, text: string): string {
  const newline = text.indexOf('\n');
  const authors = Array.from(
    { length: 8 },
    (_, i) =>
      `<Author ValidYN="Y"><LastName>Author${i}</LastName><ForeName>A B</ForeName><Initials>AB</Initials><AffiliationInfo><Affiliation>Department of Oncology, University Hospital ${i}, Made-up City.</Affiliation></AffiliationInfo></Author>`,
  );
  const mesh = Array.from(
    { length: 12 },
    (_, i) => `<MeshHeading><DescriptorName UI="D0000${i}" MajorTopicYN="N">Term ${i}</DescriptorName></MeshHeading>`,
  );
  return `<PubmedArticle>
  <MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">${pmid}</PMID>
    <DateCompleted><Year>2020</Year><Month>01</Month><Day>02</Day></DateCompleted>
    <Article PubModel="Print"><Journal><ISSN IssnType="Electronic">0000-0000</ISSN><Title>Journal of Made-up Trials</Title></Journal>
      <ArticleTitle>${escaped(text.slice(0, Math.max(0, newline)))}</ArticleTitle>
      <Abstract><AbstractText>${escaped(text.slice(newline + 1))}</AbstractText></Abstract>
      <AuthorList CompleteYN="Y">${authors.join('\n')}</AuthorList>
      <PublicationTypeList><PublicationType UI="D016449">Randomized Controlled Trial</PublicationType></PublicationTypeList>
    </Article>
    <MeshHeadingList>${mesh.join('\n')}</MeshHeadingList>
  </MedlineCitation>
</PubmedArticle>
`;
}
