import { expect, test } from 'vitest';
import type { TokenFacts } from '../engine/protocol';
import { compareLeaves } from './compare-leaves';
import { TokenTree } from './token-tree';

const facts = (id: number, surprisal: number) => ({ id, surprisal }) as TokenFacts;
const prompt = { text: 'a', ids: [7], tokens: ['a'] };

test('two branches part where their tokens do; bits count behind that', () => {
  const tree = new TokenTree();
  const common = tree.append(tree.root(prompt), facts(1, 5));
  const a = tree.append(tree.append(common, facts(2, 1)), facts(3, 2));
  const b = tree.append(common, facts(4, 0.5));
  const found = compareLeaves(a, b)!;
  expect(found).toMatchObject({ shared: 1, bits: [3, 0.5], tokens: [2, 1] });
  expect(found.parting.map((token) => token?.id)).toEqual([2, 4]);
  // One that only goes on further parts where the other ends.
  expect(compareLeaves(a, common)).toMatchObject({
    shared: 1,
    parting: [{ id: 2 }, undefined],
    tokens: [2, 0],
  });
  expect(compareLeaves(a, a)).toMatchObject({ shared: 3, tokens: [0, 0] });
});

test('branches of different prompts are not compared', () => {
  const tree = new TokenTree();
  const other = tree.root({ text: 'b', ids: [8], tokens: ['b'] });
  expect(compareLeaves(tree.root(prompt), other)).toBeUndefined();
});
