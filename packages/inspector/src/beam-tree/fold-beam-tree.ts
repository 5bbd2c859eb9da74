import type { BeamRun, BeamTree, FoldedBeamTree } from './beam-tree-data';

/**
 * A beam tree for narrow places: nodes that go on in one way only become one run; pruned candidates hang beside it.
 * Cost: linear in the nodes.
 */
export function foldBeamTree({ nodes, roots }: BeamTree): FoldedBeamTree {
  const runs: BeamRun[] = [];
  const survives = (index: number): boolean => nodes[index]!.fate !== 'pruned';
  const split = (list: readonly number[]) => ({
    going: list.filter(survives),
    gone: list.filter((index) => !survives(index)),
  });

  function addRun(first: number): number {
    const own = [first];
    const pruned: number[] = [];
    let { going, gone } = split(nodes[first]!.children);
    pruned.push(...gone);
    while (going.length === 1) {
      const [only] = going as [number];
      own.push(only);
      ({ going, gone } = split(nodes[only]!.children));
      pruned.push(...gone);
    }
    const place = runs.length;
    const text = own.map((index) => nodes[index]!.text || nodes[index]!.token).join('');
    const children: number[] = [];
    runs.push({ nodes: own, text, children, pruned });
    for (const child of going) children.push(addRun(child));
    return place;
  }

  const { going, gone } = split(roots);
  return { roots: going.map(addRun), pruned: gone, runs };
}
