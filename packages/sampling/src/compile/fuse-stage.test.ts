import type { LogitsProcessor } from '@nexttoken/model';
import { describe, expect, test, vi } from 'vitest';
import { chain } from '../chain/chain';
import { defineProcessor } from '../define/define-processor';
import { repetitionPenalty } from '../processors/repetition-penalty';
import { temperature } from '../processors/temperature';
import { topK } from '../processors/top-k';
import { topP } from '../processors/top-p';
import { greedy } from '../samplers/greedy';
import { everyProcessor } from '../testing/every-processor';
import { contextOf, run } from '../testing/run-processor';
import { compile } from './compile';
import { fuseStage } from './fuse-stage';

const kindOf = (processor: LogitsProcessor) => fuseStage({ processor, path: [] })?.kind;

describe('fuseStage', () => {
  test('knows its stages', () => {
    const all = everyProcessor.map(({ processor }) => processor);
    const types = (kind: string) =>
      all
        .filter((processor) => kindOf(processor) === kind)
        .map(({ type }) => type)
        .sort();
    expect(types('temperature')).toEqual(['temperature']);
    expect(types('cut')).toEqual(['minP', 'topK', 'topP', 'typicalP']);
    expect(types('ordered')).toEqual([
      'dynamicTemperature',
      'epsilonCutoff',
      'etaCutoff',
      'logNormalize',
      'topH',
      'topNSigma',
      'xtc',
    ]);
    expect(types('looking-back')).toEqual([
      'frequencyPenalty',
      'noRepeatNgram',
      'presencePenalty',
      'repetitionPenalty',
    ]);
    expect(types('plain')).toContain('forcedEos');
  });

  test('a neutral stage does nothing', () => {
    expect([temperature(1), topP(1)].map(kindOf)).toEqual([undefined, undefined]);
  });
});

describe('what is not of this package', () => {
  const row = Float32Array.of(1, 5, 3, 4);
  const process = (scores: Float32Array) => void scores.reverse();

  test.each<[string, LogitsProcessor]>([
    ['a definition', defineProcessor<{ k: number }>({ type: 'topK', process })({ k: 2 })],
    ['a copy with another process', { ...topK(2), process }],
    ['a copy with other parameters', { ...topK(2), parameters: { k: 3, minTokensToKeep: 1 } }],
    ['a temperature of its own', { ...temperature(0.5), parameters: { temperature: 0.5 }, process }],
  ])('runs as it is, whatever it is called: %s', (_, processor) => {
    expect(kindOf(processor)).toBe('plain');
    const parts = chain(temperature(0.7), processor, topP(0.9));
    expect(run(compile(parts), row)).toEqual(run(parts, row));
  });

  test('a copy is still the same', () => {
    expect(kindOf({ ...topK(2) })).toBe('cut');
    expect(kindOf({ ...topK(2), requires: {} })).toBe('cut');
  });
});

describe('onStageError', () => {
  const broken = new Error('broken');
  const failing: LogitsProcessor = {
    kind: 'processor',
    type: 'failing',
    parameters: {},
    process: () => {
      throw broken;
    },
  };
  const parts = chain(temperature(0.5), chain(topK(2), failing), repetitionPenalty(2));

  test('makes the error of the stage that failed', () => {
    const onStageError = vi.fn((_: unknown, { type }: LogitsProcessor) => new Error(type));
    const inPlace = compile(parts, undefined, { onStageError });
    const choosing = compile(parts, greedy(), { onStageError });
    expect(() => run(inPlace, [1, 2, 3])).toThrow('failing');
    const context = { ...contextOf(), random: undefined as never };
    expect(() => choosing.choose(Float32Array.of(1, 2), context, choosing.initialState())).toThrow('failing');
    expect(onStageError).toHaveBeenCalledWith(broken, failing);
    expect(() => run(compile(parts), [1, 2, 3])).toThrow(broken);
  });

  test('is a function', () => {
    expect(() => compile(topK(1), undefined, { onStageError: 1 as never })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
  });
});
