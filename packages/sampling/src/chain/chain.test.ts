import type { LogitsProcessor } from '@nexttoken/model';
import { describe, expect, test } from 'vitest';
import { temperature } from '../processors/temperature';
import { topK } from '../processors/top-k';
import { greedy } from '../samplers/greedy';
import { contextOf, runPlain } from '../testing/run-processor';
import { chain } from './chain';

/** Adds to token 0 how many ids were accepted, times a factor. */
function counting(factor: number): LogitsProcessor<number> {
  return {
    kind: 'processor',
    type: 'counting',
    parameters: { factor },
    initialState: () => 0,
    accept: (state) => state + 1,
    process(scores, _context, state) {
      scores[0] = scores[0]! + state * factor;
    },
  };
}

describe('chain', () => {
  test('runs its parts from left to right', () => {
    const add: LogitsProcessor = {
      kind: 'processor',
      type: 'add',
      parameters: {},
      process: (scores) => void scores.set(scores.map((score) => score + 1)),
    };
    expect(runPlain(chain(add, temperature(2)), [1, 3])).toEqual([1, 2]);
    expect(runPlain(chain(temperature(2), add), [1, 3])).toEqual([1.5, 2.5]);
  });

  test('an empty chain changes nothing', () => {
    expect(runPlain(chain(), [1, -0, 2])).toEqual([1, -0, 2]);
  });

  test('its state is the tuple of its parts, a value that can be forked', () => {
    const both = chain(counting(1), temperature(1), counting(10));
    const first = both.initialState();
    const second = both.accept(first, 5);
    expect(first).toEqual([0, undefined, 0]);
    expect(second).toEqual([1, undefined, 1]);
    const scores = Float32Array.of(0);
    both.process(scores, contextOf(), both.accept(second, 5));
    expect(scores[0]).toBe(22);
    expect(first).toEqual([0, undefined, 0]);
  });

  test('a chain can be a part of a chain', () => {
    const nested = chain(counting(1), chain(counting(10), topK(1)));
    const state = nested.accept(nested.initialState(), 5);
    expect(state).toEqual([1, [1, undefined]]);
    const scores = Float32Array.of(0, 1);
    nested.process(scores, contextOf(), state);
    expect(Array.from(scores)).toEqual([11, -Infinity]);
  });

  test('without stateful parts the state is handed on as it is', () => {
    const stateless = chain(temperature(2), topK(1));
    const state = stateless.initialState();
    expect(stateless.accept(state, 1)).toBe(state);
  });

  test('requires what any part does', () => {
    const sibling: LogitsProcessor = { ...temperature(1), requires: { siblings: true } };
    const guided: LogitsProcessor = { ...temperature(1), requires: { guidance: true } };
    expect(chain(temperature(1)).requires).toBeUndefined();
    expect(chain(temperature(1), sibling).requires).toEqual({ siblings: true });
    expect(chain(sibling, chain(guided)).requires).toEqual({ siblings: true, guidance: true });
    const tossing: LogitsProcessor = { ...temperature(1), requires: { random: true } };
    expect(chain(chain(tossing), guided).requires).toEqual({ guidance: true, random: true });
  });

  test('prints as data', () => {
    expect(JSON.parse(JSON.stringify(chain(temperature(0.5), topK(3))))).toEqual({
      kind: 'processor',
      type: 'chain',
      parameters: {
        processors: [
          { kind: 'processor', type: 'temperature', parameters: { temperature: 0.5 } },
          { kind: 'processor', type: 'topK', parameters: { k: 3, minTokensToKeep: 1 } },
        ],
      },
    });
  });

  test('refuses samplers and other things', () => {
    expect(() => chain(temperature(1), greedy() as never)).toThrow(
      /processors\[1\] must be a logits processor/,
    );
    expect(() => chain(undefined as never)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });
});
