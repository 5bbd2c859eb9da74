import type { BeamNode, BeamTree } from '@nexttoken/inspector';
import { hierarchy, tree as layoutOf } from 'd3-hierarchy';
import { linkHorizontal } from 'd3-shape';

/** A node where it is drawn, in pixels. */
export interface PlacedNode {
  readonly node: BeamNode;
  readonly x: number;
  /** Of its middle. */
  readonly y: number;
  readonly width: number;
}

export interface PlacedLink {
  readonly to: BeamNode;
  readonly path: string;
  /** `exp(cumulative)`: the probability of the path up to here. */
  readonly mass: number;
}

/** A group of beams. */
interface Lane {
  readonly group: number;
  readonly top: number;
  readonly height: number;
}

export interface TreeLayout {
  readonly nodes: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
  readonly lanes: readonly Lane[];
  /** The greatest mass of a link. */
  readonly widest: number;
  readonly width: number;
  readonly height: number;
}

const rowHeight = 36;
const laneGap = 16;
const characterWidth = 7.9;
const padding = 18;
const columnGap = 28;
const trunk = 16;

interface Branch {
  readonly node: BeamNode | undefined;
  readonly children: Branch[];
}

/**
 * Places the nodes: steps from left to right, each group of beams in a lane of its own.
 * @param shows which nodes are drawn at all
 */
export function layoutTree(
  { nodes, roots, groups, steps }: BeamTree,
  shows: (node: BeamNode) => boolean,
): TreeLayout {
  const widthOf = ({ token }: BeamNode) => Math.ceil(Math.max(2, token.length) * characterWidth) + padding;
  const columns = Array.from({ length: steps }, () => 0);
  for (const node of nodes)
    if (shows(node)) columns[node.step] = Math.max(columns[node.step]!, widthOf(node));
  const starts = [trunk];
  for (const width of columns) starts.push(starts.at(-1)! + width + columnGap);

  const branchOf = (index: number): Branch[] => {
    const node = nodes[index]!;
    return shows(node) ? [{ node, children: node.children.flatMap(branchOf) }] : [];
  };
  const link = linkHorizontal<unknown, readonly [number, number]>();
  const placed: PlacedNode[] = [];
  const links: PlacedLink[] = [];
  const lanes: Lane[] = [];
  let top = 0;
  for (let group = 0; group < groups; group++) {
    const own = roots.filter((index) => nodes[index]!.group === group);
    const root = layoutOf<Branch>()
      .nodeSize([rowHeight, 1])
      .separation(() => 1)(
      hierarchy<Branch>({ node: undefined, children: own.flatMap(branchOf) }, ({ children }) => children),
    );
    const all = root.descendants();
    const low = Math.min(...all.map(({ x }) => x));
    const height = Math.max(...all.map(({ x }) => x)) - low + rowHeight;
    const yOf = (x: number) => top + x - low + rowHeight / 2;
    for (const { data, x, parent } of all) {
      const { node } = data;
      if (!node || !parent) continue;
      const from = parent.data.node;
      const y = yOf(x);
      const left = starts[node.step]!;
      const source = from
        ? ([starts[from.step]! + widthOf(from), yOf(parent.x)] as const)
        : ([0, yOf(parent.x)] as const);
      placed.push({ node, x: left, y, width: widthOf(node) });
      links.push({
        to: node,
        path: link({ source, target: [left, y] }) ?? '',
        mass: Math.exp(node.cumulative),
      });
    }
    lanes.push({ group, top, height });
    top += height + laneGap;
  }
  const widest = Math.max(Number.MIN_VALUE, ...links.map(({ mass }) => mass));
  return { nodes: placed, links, lanes, widest, width: starts.at(-1)! - columnGap, height: top - laneGap };
}
