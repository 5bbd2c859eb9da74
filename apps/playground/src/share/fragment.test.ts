import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromFragment, toFragment } from './fragment';
import type { SharedState } from './shared-state';

const state: SharedState = {
  model: 'tales',
  prompt: 'The capital of France is',
  nodes: [
    [-1, 12],
    [0, 13],
    [-1, 9],
  ],
  at: 1,
  settings: { seed: 42, stages: [{ type: 'topP', parameters: { p: 0.9 } }] },
  view: 'next',
};

test('a state comes back from its fragment as it was', async () => {
  const fragment = await toFragment(state);
  expect(fragment).toMatch(/^s=1\.[\w-]+$/);
  expect(await fromFragment(`#${fragment}`)).toEqual(state);
});

test('so does any other', async () => {
  const nodes = fc
    .array(fc.tuple(fc.nat(), fc.nat(200_000)), { maxLength: 40 })
    .map((list) => list.map(([parent, id], index) => [(parent % (index + 1)) - 1, id] as const));
  await fc.assert(
    fc.asyncProperty(
      fc.record({ prompt: fc.string({ unit: 'grapheme' }), nodes, model: fc.string(), view: fc.string() }),
      async (parts) => {
        const any = { ...state, ...parts, at: parts.nodes.length - 1 };
        expect(await fromFragment(await toFragment(any))).toEqual(any);
      },
    ),
    { numRuns: 30 },
  );
});

test('200 tokens of a run fit into an address with room to spare', async () => {
  const nodes = Array.from({ length: 200 }, (_, index) => [index - 1, (index * 7919) % 49_152] as const);
  expect((await toFragment({ ...state, nodes, at: 199 })).length).toBeLessThan(1500);
});

test('other fragments hold no state; broken, cut and newer ones are told apart', async () => {
  expect(await fromFragment('')).toBeUndefined();
  expect(await fromFragment('#model=tales-chat')).toBeUndefined();
  const whole = await toFragment(state);
  await expect(fromFragment(whole.slice(0, -20))).rejects.toThrow('broken');
  await expect(fromFragment('s=2.abc')).rejects.toThrow('newer');
  await expect(fromFragment(await toFragment({ ...state, at: 7 }))).rejects.toThrow('holds no state');
  await expect(fromFragment(await toFragment({ ...state, nodes: [[3, 1]] }))).rejects.toThrow('no state');
});
