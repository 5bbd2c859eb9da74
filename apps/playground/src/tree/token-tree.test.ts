import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TokenFacts } from '../engine/protocol';
import { continues, idsOf, pathOf, type TextNode, TokenTree, tokensOf } from './token-tree';

const facts = (id: number): TokenFacts => ({
  id,
  token: `t${id}`,
  piece: ` t${id}`,
  special: false,
  logit: 1,
  probability: 0.5,
  surprisal: 1,
  leading: 0.5,
  rank: 1,
  entropy: 1,
  by: 'hand',
});
const prompt = { text: 'a b', ids: [7, 8], tokens: ['a', '␣b'] };

test('a token taken elsewhere is a branch; the old one is as it was', () => {
  const tree = new TokenTree();
  const root = tree.root(prompt);
  const old = tree.append(tree.append(root, facts(1)), facts(2));
  const other = tree.append(root, facts(3));
  expect(idsOf(old)).toEqual([7, 8, 1, 2]);
  expect(idsOf(old, 1)).toEqual([7, 8, 1]);
  expect(idsOf(other)).toEqual([7, 8, 3]);
  expect(tree.leaves()).toEqual([old, other]);
  expect([continues(old, root), continues(other, old), continues(old, old)]).toEqual([true, false, true]);
});

test('the same token again is the same text; the same prompt the same root', () => {
  const tree = new TokenTree();
  const root = tree.root(prompt);
  const first = tree.append(root, facts(1));
  expect(tree.append(root, facts(1))).toBe(first);
  expect(tree.root({ ...prompt })).toBe(root);
  expect(tree.root({ ...prompt, text: 'another' })).not.toBe(root);
  expect(tree.childrenOf(undefined)).toHaveLength(2);
});

test('whatever is taken wherever, every text that ever was can be read off the tree', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(4))), (steps) => {
      const tree = new TokenTree();
      const texts: { readonly node: TextNode; readonly ids: readonly number[] }[] = [
        { node: tree.root(prompt), ids: prompt.ids },
      ];
      for (const [where, id] of steps) {
        const from = texts[where % texts.length]!;
        texts.push({ node: tree.append(from.node, facts(id)), ids: [...from.ids, id] });
      }
      for (const { node, ids } of texts) {
        expect(idsOf(node)).toEqual(ids);
        expect(pathOf(node)).toHaveLength(node.length);
        expect(tokensOf(node).map(({ id }) => id)).toEqual(ids.slice(prompt.ids.length));
        expect(tree.nodes[node.key]).toBe(node);
        expect(tree.leaves().some((leaf) => continues(leaf, node))).toBe(true);
      }
    }),
  );
});
