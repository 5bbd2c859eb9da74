/** A node of a text tree. */
export interface TextTree {
  readonly label: string;
  readonly children: readonly TextTree[];
}

function addBranches(children: readonly TextTree[], indent: string, lines: string[]): void {
  for (const [index, { label, children: below }] of children.entries()) {
    const isLast = index === children.length - 1;
    lines.push(`${indent}${isLast ? '└─ ' : '├─ '}${label}`);
    addBranches(below, indent + (isLast ? '   ' : '│  '), lines);
  }
}

/**
 * A tree as lines with branches (`├─`, `└─`), the root's label first.
 * @returns lines without a line feed at the end
 */
export function renderTree(root: TextTree): string {
  const lines = [root.label];
  addBranches(root.children, '', lines);
  return lines.join('\n');
}
