import { type BeamEvent, type BeamSearchOptions, beamSearch } from '@nexttoken/generate';
import { createTestModel, hashedLogits } from '@nexttoken/generate/testing';
import { hammingDiversity } from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beamTree } from './beam-tree';
import { foldBeamTree } from './fold-beam-tree';
import { rankBeamPaths } from './rank-beam-paths';

async function search(
  options: Omit<BeamSearchOptions, 'model'> & { readonly seed?: number; readonly salt?: number },
) {
  const { salt = 0, ...rest } = options;
  const model = createTestModel({ vocabSize: 9, logitsAfter: hashedLogits(9, salt) });
  const events: BeamEvent[] = [];
  for await (const event of beamSearch({ model, endTokenIds: [0], ...rest })) events.push(event);
  return events;
}

const settings = fc.record({
  salt: fc.nat(1000),
  numBeams: fc.constantFrom(2, 4, 6),
  numBeamGroups: fc.constantFrom(1, 2),
  maxNewTokens: fc.integer({ min: 1, max: 7 }),
  lengthPenalty: fc.constantFrom(0, 1, 1.7),
  diversity: fc.constantFrom(0, 1.3),
});

describe('beamTree', () => {
  test('every candidate is a node behind its parent; sums, fates and results are those of the search', async () => {
    let pruned = 0;
    let finished = 0;
    await fc.assert(
      fc.asyncProperty(settings, async ({ diversity, numBeamGroups, ...rest }) => {
        const groups = numBeamGroups > 1;
        const events = await search({
          prompt: [3, 5],
          numReturnSequences: 2,
          numBeamGroups,
          ...(groups && diversity > 0 && { processors: hammingDiversity(diversity) }),
          ...rest,
        });
        const tree = beamTree(events, undefined, { lengthPenalty: rest.lengthPenalty });
        const candidates = events.flatMap((event) => (event.type === 'beams' ? event.candidates : []));
        expect(tree.nodes).toHaveLength(candidates.length);
        for (const node of tree.nodes) {
          const parent = node.parent === undefined ? undefined : tree.nodes[node.parent]!;
          expect(parent?.step ?? -1).toBe(node.step - 1);
          if (parent) expect([parent.fate, parent.children.includes(node.index)]).toEqual(['kept', true]);
          else expect(tree.roots).toContain(node.index);
          expect(node.cumulative).toBe(Math.fround((parent?.cumulative ?? 0) + node.logProbability));
          expect(node.why.startsWith(node.fate === 'kept' ? 'among' : node.fate)).toBe(true);
          if (node.fate === 'pruned') pruned++;
          if (node.fate === 'finished') finished++;
        }
        const texts = events.flatMap((event) => (event.type === 'finish' ? [event] : []));
        expect(tree.results.map(({ ids }) => ids)).toEqual(texts.map(({ ids }) => [...ids]));
        for (const { nodes, ids, logProbability } of tree.results) {
          expect(nodes.map((node) => tree.nodes[node]!.id)).toEqual(ids);
          const steps = nodes.map((node) => tree.nodes[node]!);
          for (const [step, node] of steps.entries()) expect(node.parent).toBe(steps[step - 1]?.index);
          expect(steps.at(-1)!.cumulative).toBe(logProbability);
        }
        // The same penalty gives the same order as the search's.
        const own = rankBeamPaths(tree, rest.lengthPenalty);
        expect(own.map(({ rank }) => rank)).toEqual(own.map(({ rankBefore }) => rankBefore));
        expect(own[0]!.newScore).toBeCloseTo(tree.results[0]!.score, 5);

        const { runs, roots } = foldBeamTree(tree);
        const folded = runs.flatMap(({ nodes, pruned: beside }) => [...nodes, ...beside]);
        const behindPrompt = tree.roots.filter((node) => tree.nodes[node]!.fate === 'pruned');
        expect([...folded, ...behindPrompt].sort((a, b) => a - b)).toEqual(
          tree.nodes.map(({ index }) => index),
        );
        expect(runs.flatMap(({ children }) => children).length + roots.length).toBe(runs.length);
      }),
      { numRuns: 60 },
    );
    expect(pruned).toBeGreaterThan(500);
    expect(finished).toBeGreaterThan(50);
  });

  test('another length penalty turns the order round without a search', async () => {
    const events = await search({ prompt: [1], numBeams: 4, maxNewTokens: 6, numReturnSequences: 4 });
    const tree = beamTree(events);
    const lengths = (penalty: number) => rankBeamPaths(tree, penalty).map(({ ids }) => ids.length);
    const mean = (list: number[]) => list.slice(0, 2).reduce((sum, value) => sum + value, 0);
    expect(new Set(lengths(0)).size).toBeGreaterThan(1);
    expect(mean(lengths(8))).toBeGreaterThan(mean(lengths(-8)));
    expect(() => rankBeamPaths(tree, Number.NaN)).toThrow('lengthPenalty');
  });

  test('one of several prompts; a search that runs has no results yet', async () => {
    const events = await search({ prompts: [[1], [2, 4]], numBeams: 2, maxNewTokens: 3 });
    const second = beamTree(events, undefined, { batchItem: 1 });
    expect(second.nodes.length).toBeLessThan(events.length * 8);
    expect(second.results).toHaveLength(1);
    const running = beamTree(events.slice(0, 3));
    expect([running.results, running.end]).toEqual([[], undefined]);
    expect(beamTree([])).toMatchObject({ nodes: [], steps: 0 });
    expect(() => beamTree([], undefined, { penalty: 1 } as object)).toThrow('penalty');
  });

  test('groups say what diversity took', async () => {
    const events = await search({
      prompt: [1],
      numBeams: 4,
      numBeamGroups: 2,
      maxNewTokens: 3,
      processors: hammingDiversity(2),
    });
    const tree = beamTree(events);
    expect(tree.groups).toBe(2);
    const taken = tree.nodes.filter(({ diversity }) => diversity < 0);
    expect(taken.length).toBeGreaterThan(0);
    for (const node of taken)
      expect([node.group, node.why.includes('diversity took 2.00')]).toEqual([1, true]);
  });
});
