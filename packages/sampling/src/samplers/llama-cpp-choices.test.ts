import type { Sampler } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import { describe, expect, test } from 'vitest';
import { fixedRandom } from '../testing/fixed-random';
import { type LlamaCppChoices, llamaCppAnswers } from '../testing/llama-cpp-answers';
import { type AdaptivePState, adaptiveP } from './adaptive-p';
import { mirostat } from './mirostat';
import type { MirostatState } from './mirostat-state';
import { mirostatV2 } from './mirostat-v2';

type State = MirostatState | AdaptivePState;
type Given = LlamaCppChoices['parameters'];

const { rows, chosen, origin } = llamaCppAnswers();

const samplers: Readonly<Record<string, (given: Given) => Sampler>> = {
  mirostat: (given) => mirostat(given.mirostat_tau!, { eta: given.mirostat_eta!, m: given.m! }),
  mirostat_v2: (given) => mirostatV2(given.mirostat_tau!, { eta: given.mirostat_eta! }),
  adaptive_p: (given) => adaptiveP(given.adaptive_target!, { decay: given.adaptive_decay! }),
};

const numbersOf = (state: State) => ('mu' in state ? [state.mu] : [state.weightedSum, state.totalWeight]);

function stateOf([first, second]: readonly number[]): State {
  return second === undefined ? { mu: first! } : { weightedSum: first!, totalWeight: second };
}

/**
 * Finds the uniform numbers with which a sampler chooses an id: [from, to), by bisection, as ids come in
 * ascending order.
 */
function drawsOf(id: number, sample: (u: number) => number): [number, number] {
  const border = (isBeyond: (chosen: number) => boolean) => {
    let [low, high] = [0, 1];
    for (let i = 0; i < 32; i++) {
      const middle = (low + high) / 2;
      if (isBeyond(sample(middle))) high = middle;
      else low = middle;
    }
    return high;
  };
  const from = sample(0) >= id ? 0 : border((found) => found >= id);
  return [from, border((found) => found > id)];
}

describe(`choices of llama.cpp ${origin.llamaCpp}`, () => {
  test.each(chosen)('$sampler $parameters', ({ sampler: name, parameters, steps }) => {
    const sampler = samplers[name]!(parameters) as unknown as Sampler<State>;
    let state = sampler.initialState!();
    let followed = 0;
    for (const step of steps) {
      const row = rows[step.row]!;
      // There the cast of a number beyond int leaves one token; here all are left.
      if (!step.overflow) {
        const at = (u: number) => sampler.sample(row, { random: fixedRandom(u), row: 0 }, state);
        const [from, to] = drawsOf(step.id, (u) => at(u).id);
        expect(to - from, step.row).toBeGreaterThan(0);
        expect(Math.abs(to - from - step.p), step.row).toBeLessThan(2e-6 + 2e-4 * step.p);
        const result = at((from + to) / 2);
        expect(result.id).toBe(step.id);
        numbersOf(result.state!).forEach((value, i) => {
          expect(Math.abs(value - step.state[i]!), step.row).toBeLessThan(
            2e-5 * Math.max(1, Math.abs(value)),
          );
        });
        followed++;
      }
      state = stateOf(step.state);
    }
    expect(followed).toBeGreaterThan(10);
  });

  test('how many candidates are left', () => {
    let compared = 0;
    for (const { sampler: name, parameters, steps } of chosen) {
      if (name === 'adaptive_p') continue;
      const sampler = samplers[name]!(parameters) as unknown as Sampler<State>;
      let state = sampler.initialState!();
      const random = createRandom(9);
      for (const step of steps) {
        const row = rows[step.row]!;
        if (!step.overflow && step.candidates <= 2) {
          const seen = new Set<number>();
          for (let i = 0; i < 200; i++) seen.add(sampler.sample(row, { random, row: 0 }, state).id);
          expect(seen.size, `${name} ${step.row}`).toBeLessThanOrEqual(step.candidates);
          compared++;
        }
        state = stateOf(step.state);
      }
    }
    expect(compared).toBeGreaterThan(10);
  });
});
