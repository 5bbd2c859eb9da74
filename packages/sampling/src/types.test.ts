import type { LogitsProcessor, Sampler } from '@nexttoken/model';
import { describe, expectTypeOf, test } from 'vitest';
import { categorical, chain, compile, temperature, topK, traceChain } from './index';

describe('what the types promise', () => {
  test('a chain is a processor, so it goes wherever one goes', () => {
    expectTypeOf(chain(temperature(1))).toExtend<LogitsProcessor>();
    expectTypeOf(chain(chain(temperature(1)), topK(3))).toExtend<LogitsProcessor>();
    expectTypeOf<LogitsProcessor>().not.toExtend<Sampler>();
  });

  test('choosing comes last: a sampler is no part of a chain', () => {
    // @ts-expect-error a sampler among processors
    const wrong = () => chain(temperature(1), categorical());
    expectTypeOf(categorical()).not.toExtend<LogitsProcessor>();
    expectTypeOf(wrong).toBeFunction();
  });

  test('compiled with a sampler it chooses, without one it reshapes', () => {
    expectTypeOf(compile(chain(topK(3)))).toExtend<LogitsProcessor>();
    expectTypeOf(compile(chain(topK(3)), categorical())).toHaveProperty('choose');
    expectTypeOf(compile(chain(topK(3)), categorical())).not.toExtend<LogitsProcessor>();
  });

  test('raw logits are not edited by a trace', () => {
    expectTypeOf(traceChain).parameter(1).toExtend<ArrayLike<number>>();
  });
});
