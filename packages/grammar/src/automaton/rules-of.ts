import type { Pushdown } from './pushdown';
import type { Place, Stack } from './stack';

/** The rules that places stand in, each path from the outermost to the innermost; equal ones once. */
export function rulesOf(
  places: readonly Place[],
  { ruleOf }: Pick<Pushdown, 'ruleOf'>,
): readonly (readonly string[])[] {
  const paths = new Map<string, readonly string[]>();
  for (const { state, stack } of places) {
    const path = [ruleOf[state]!];
    for (let at: Stack | undefined = stack; at?.parent; at = at.parent) {
      if (path[0] !== ruleOf[at.state]!) path.unshift(ruleOf[at.state]!);
    }
    paths.set(path.join('\0'), path);
  }
  return [...paths.values()];
}
