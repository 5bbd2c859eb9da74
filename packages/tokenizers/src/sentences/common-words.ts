/**
 * English words that are written in lower case inside a sentence: where one of them has a capital behind an
 * abbreviation, a sentence begins there. Names are none of them.
 */
const words: ReadonlySet<string> = new Set(
  `a about above according across after afterwards again all along also although always among an and another any anyone
  anything are around as at away back be because been before being below besides between both but by can could despite
  did do does down during each either else even every everyone everything except few finally first following for former
  from further furthermore had has have having he hence her here hers herself him himself his how however i if in indeed
  inside instead into is it its itself just last later least less like many may maybe me meanwhile might mine more
  moreover most much must my myself near nearly neither never nevertheless next no nobody none nonetheless nor not
  nothing now of off often on once one only onto or other others otherwise our ours out over own perhaps quite rather
  same second several she should similarly since so some somebody someone something sometimes soon still subsequently
  such than that the their theirs them themselves then there thereafter therefore these they third this those though
  three through throughout thus till to today together too toward towards two under unlike until up upon us very was we
  well were what whatever when whenever where whereas wherever whether which while who whoever whole whom whose why will
  with within without would yes yet you your yours yourself`.split(/\s+/),
);

/** @param word in lower case */
export function isCommonWord(word: string): boolean {
  return words.has(word);
}
