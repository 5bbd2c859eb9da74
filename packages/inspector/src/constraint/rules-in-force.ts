const shownAtMost = 3;

/**
 * The rules in force in few words: the innermost of each path, e.g. `#/properties/age`, or `value or string`.
 * @param rules paths from the outermost to the innermost
 */
export function rulesInForce(rules: readonly (readonly string[])[]): string {
  const innermost = [...new Set(rules.map((path) => path.at(-1) ?? ''))].filter(Boolean);
  if (innermost.length === 0) return 'the end';
  const others = innermost.length - shownAtMost;
  return innermost.slice(0, shownAtMost).join(' or ') + (others > 0 ? ` or ${others} more` : '');
}
