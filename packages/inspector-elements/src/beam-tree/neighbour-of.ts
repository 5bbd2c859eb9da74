import type { PlacedNode } from './layout-tree';

/** Right: the best child; left: the parent; up and down: within the column; Home and End: first and last column. */
export function neighbourOf(placed: readonly PlacedNode[], cursor: number, key: string): number | undefined {
  const current = placed.find(({ node }) => node.index === cursor);
  if (!current) return undefined;
  const { node } = current;
  const shown = new Set(placed.map((each) => each.node.index));
  const column = placed.filter((each) => each.node.step === node.step).sort((a, b) => a.y - b.y);
  const at = column.indexOf(current);
  switch (key) {
    case 'ArrowRight':
      return node.children.find((child) => shown.has(child));
    case 'ArrowLeft':
      return node.parent;
    case 'ArrowUp':
      return column[at - 1]?.node.index;
    case 'ArrowDown':
      return column[at + 1]?.node.index;
    case 'Home':
      return placed.find((each) => each.node.step === 0)?.node.index;
    case 'End':
      return placed.findLast((each) => each.node.result === 0)?.node.index;
    default:
      return key === 'Enter' || key === ' ' ? node.index : undefined;
  }
}
