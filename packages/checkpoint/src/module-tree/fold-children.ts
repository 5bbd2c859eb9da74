import type { ModuleNode } from './module-node';

/** A child, or several equal neighbours of a list. */
export interface FoldedChild {
  /** `q_proj`, `0`, or `0-31`. */
  readonly label: string;
  readonly count: number;
  /** What `textOf` made of it. */
  readonly text: string;
}

/** A module's children in order; in a `ModuleList`, neighbours with equal texts count as one. */
export function foldChildren(
  { type, children }: ModuleNode,
  textOf: (node: ModuleNode) => string,
): FoldedChild[] {
  const all = children.map((child) => ({ name: child.name, text: textOf(child) }));
  if (type !== 'ModuleList') return all.map(({ name, text }) => ({ label: name, count: 1, text }));
  const folded: FoldedChild[] = [];
  for (let first = 0; first < all.length; ) {
    const { name, text } = all[first]!;
    let end = first + 1;
    while (all[end]?.text === text) end++;
    const count = end - first;
    folded.push({ label: count > 1 ? `${name}-${all[end - 1]!.name}` : name, count, text });
    first = end;
  }
  return folded;
}
