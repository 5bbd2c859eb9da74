import { expect, test } from 'vitest';
import type { TokenFacts } from '../engine/protocol';
import { idsOf, type TextNode, TokenTree } from '../tree/token-tree';
import { sharedIds, sharedLeaves, sharedTree } from './shared-tree';

const facts = (id: number) => ({ id }) as TokenFacts;

function grow(): { tree: TokenTree; root: TextNode; first: TextNode; second: TextNode } {
  const tree = new TokenTree();
  tree.append(tree.root({ text: 'another', ids: [1], tokens: ['x'] }), facts(5));
  const root = tree.root({ text: 'a', ids: [7], tokens: ['a'] });
  const middle = tree.append(root, facts(1));
  const first = tree.append(tree.append(middle, facts(2)), facts(3));
  return { tree, root, first, second: tree.append(middle, facts(4)) };
}

test('a link carries all branches of the prompt, and which one is shown', () => {
  const { tree, first, second } = grow();
  const shared = sharedTree(tree, second);
  expect(sharedIds(shared, shared.at)).toEqual(idsOf(second).slice(1));
  expect(sharedLeaves(shared).map((place) => sharedIds(shared, place))).toEqual([
    idsOf(first).slice(1),
    idsOf(second).slice(1),
  ]);
});

test('the prompt alone, and a tree too large for an address', () => {
  const { tree, root, second } = grow();
  expect(sharedTree(tree, root).at).toBe(-1);
  expect(sharedIds(sharedTree(tree, root), -1)).toEqual([]);
  const small = sharedTree(tree, second, 2);
  expect(small.nodes).toHaveLength(2);
  expect(sharedIds(small, small.at)).toEqual(idsOf(second).slice(1));
});
