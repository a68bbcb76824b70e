// Whether a sentence speaks of a part of the patients only: "in patients with a PD-L1 TPS of 50% or greater", "among women".

const SUBGROUP = [
  /\b(?:[Ii]n|[Aa]mong|[Ff]or|[Ww]ithin) (?:the )?((?:[\w\u2265\u2264<>%/+.-]+ ){0,8}?(?:sub-?groups?|subsets?|sub-?populations?|strat(?:um|a))(?: (?:of|with) [^,;.(]{3,70})?)/,
  /\b(?:[Ii]n|[Aa]mong|[Ff]or) (?:the )?(?:\d[\d,]* )?((?:patients|those|women|men|participants|adults|tumou?rs) (?:with|who|whose|without|aged|younger|older|in whom|having) [^,;.(]{3,80})/,
  /\b(?:[Ii]n|[Aa]mong|[Ff]or) (?:the )?((?:[\w-]+-(?:positive|negative|mutant|mutated|amplified|deficient|high|low)|wild-type|(?:pre|post)menopausal|elderly|high-risk|low-risk|intermediate-risk|node-\w+) (?:[\w-]+ ){0,2}?(?:patients|women|men|group|population|disease|tumou?rs|cohort))/,
];
/** Who was treated with what is an arm, not a subgroup. */
const ARM =
  /\b(?:who (?:received|were (?:treated|assigned|given|randomi[sz]ed))|treated with|receiving|intention-to-treat|with or without|randomi[sz]ed)\b/;

/** The words before `until` that narrow the patients, nearest last; null for all patients. */
export function subgroupOf(sentence: string, until: number): string | null {
  const before = sentence.slice(0, until);
  for (const pattern of SUBGROUP) {
    const [, words] = pattern.exec(before) ?? [];
    if (
      words !== undefined &&
      !ARM.test(words) &&
      !/^(?:the |a |this )?sub-?groups?$|^all\b|^both\b|^overall\b/i.test(words.trim())
    )
      return words.trim().replace(/\s+(?:was|were|had|did)\b.*$/, '');
  }
  return null;
}
