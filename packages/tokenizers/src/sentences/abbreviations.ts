/** English abbreviations that do not end a sentence by themselves, in lower case and without the last period. */
const abbreviations: ReadonlySet<string> = new Set(
  `mr mrs ms dr prof rev hon st jr sr messrs
  gen col maj capt lt sgt cmdr adm sen rep gov pres supt
  inc corp co ltd bros assn dept vs
  jan feb mar apr aug sept oct nov dec
  ariz calif colo conn fla ga kan ky md mich minn mont neb nev okla tenn tex va vt wis wyo
  u.s u.k u.n u.s.a u.s.s.r u.s.s h.m.s a.m p.m a.d ph.d m.d b.a m.a d.c n.c n.d n.h n.j n.m n.y r.i s.c s.d`.split(
    /\s+/,
  ),
);

/** @param stem in lower case, without the last period */
export function isAbbreviation(stem: string): boolean {
  return abbreviations.has(stem);
}
