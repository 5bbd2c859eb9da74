import { type BeamEvent, beamSearch } from '@nexttoken/generate';
import { createTestModel, hashedLogits } from '@nexttoken/generate/testing';
import { beamTree } from '@nexttoken/inspector';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutTree } from './layout-tree';

const settings = fc.record({
  salt: fc.nat(1000),
  numBeams: fc.constantFrom(2, 4),
  numBeamGroups: fc.constantFrom(1, 2),
  maxNewTokens: fc.integer({ min: 1, max: 6 }),
});

test('every node once, no two on each other, children to the right, groups one below the other', async () => {
  await fc.assert(
    fc.asyncProperty(settings, fc.boolean(), async ({ salt, ...options }, hides) => {
      const model = createTestModel({ vocabSize: 9, logitsAfter: hashedLogits(9, salt) });
      const events: BeamEvent[] = [];
      for await (const event of beamSearch({ model, endTokenIds: [0], prompt: [3, 5], ...options }))
        events.push(event);
      const tree = beamTree(events);
      const { nodes, links, lanes, width, height } = layoutTree(
        tree,
        ({ fate }) => !hides || fate !== 'pruned',
      );
      const expected = tree.nodes.filter(({ fate }) => !hides || fate !== 'pruned').map(({ index }) => index);
      expect(nodes.map(({ node }) => node.index).sort((a, b) => a - b)).toEqual(expected);
      expect(links).toHaveLength(nodes.length);
      const placeOf = new Map(nodes.map((placed) => [placed.node.index, placed]));
      for (const placed of nodes) {
        const parent = placed.node.parent === undefined ? undefined : placeOf.get(placed.node.parent)!;
        if (parent) expect(placed.x).toBeGreaterThan(parent.x + parent.width);
        const lane = lanes[placed.node.group]!;
        expect(placed.y).toBeGreaterThan(lane.top);
        expect(placed.y).toBeLessThan(lane.top + lane.height);
        expect(placed.x + placed.width).toBeLessThanOrEqual(width);
        for (const other of nodes)
          if (other !== placed && other.node.step === placed.node.step)
            expect(Math.abs(other.y - placed.y)).toBeGreaterThanOrEqual(30);
      }
      lanes.slice(1).forEach((lane, index) => {
        expect(lane.top).toBeGreaterThan(lanes[index]!.top + lanes[index]!.height);
      });
      expect(height).toBe(lanes.at(-1)!.top + lanes.at(-1)!.height);
    }),
    { numRuns: 30 },
  );
});
