import type { LogitsProcessor, Random, Sampler } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import { expect } from 'vitest';
import { type CompileOptions, compile } from '../compile/compile';

/** What a function returns or throws, as something to compare. */
function outcomeOf<Value>(run: () => Value): Value | { code: unknown; details: unknown } {
  try {
    return run();
  } catch (error) {
    const { code, details } = error as { code: unknown; details: unknown };
    if (code === undefined) throw error;
    return { code, details };
  }
}

const differences = (a: Float32Array, b: Float32Array): number[] =>
  Array.from(a.keys()).filter((id) => !Object.is(a[id], b[id]) && !(a[id] === 0 && b[id] === 0));

/**
 * Fails unless the compiled chain leaves the same row, bit for bit, and, with a sampler, chooses the same id
 * with the same draw and leaves its random source in the same state; or throws the same error.
 */
export function expectSameAsPlain(
  processor: LogitsProcessor,
  row: Float32Array,
  ids: readonly number[] = [],
  samplers: readonly Sampler[] = [],
  message = '',
  options: CompileOptions = {},
): void {
  const contextOf = (random: Random) => ({ ids, promptLength: 0, row: 3, batchItem: 3, random });
  const processed = (part: LogitsProcessor) => {
    const scores = row.slice();
    part.process(scores, contextOf(createRandom(7)), part.initialState?.());
    return scores;
  };
  const plain = outcomeOf(() => processed(processor));
  const compiled = outcomeOf(() => processed(compile(processor, undefined, options)));
  if (plain instanceof Float32Array && compiled instanceof Float32Array) {
    expect(differences(plain, compiled), message).toEqual([]);
  } else expect(compiled, message).toEqual(plain);

  for (const sampler of samplers) {
    const before = row.slice();
    const [random, compiledRandom] = [createRandom(11), createRandom(11)];
    const step = compile(processor, sampler, options);
    const expected = outcomeOf(() => {
      const scores = row.slice();
      processor.process(scores, contextOf(random), processor.initialState?.());
      const { id, draw } = sampler.sample(scores, { random, row: 3 }, sampler.initialState?.());
      return { id, draw };
    });
    const actual = outcomeOf(() => {
      const { id, draw } = step.choose(row, contextOf(compiledRandom), step.initialState());
      return { id, draw };
    });
    expect(actual, `${message} ${sampler.type}`).toEqual(expected);
    expect(compiledRandom.state).toEqual(random.state);
    expect(differences(row, before)).toEqual([]);
  }
}
