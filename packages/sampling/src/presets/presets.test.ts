import { describe, expect, test } from 'vitest';
import { huggingFacePreset } from './hugging-face-preset';
import { llamaCppPreset } from './llama-cpp-preset';

const everything = {
  minP: 0.1,
  topP: 0.9,
  topK: 40,
  typicalP: 0.5,
  temperature: 0.7,
  repetitionPenalty: 1.1,
};
const typesOf = (preset: ReturnType<typeof huggingFacePreset>) =>
  preset.parameters.processors.map((processor) => processor.type);

describe('order', () => {
  test("Hugging Face's", () => {
    expect(typesOf(huggingFacePreset(everything))).toEqual([
      'repetitionPenalty',
      'temperature',
      'topK',
      'topP',
      'minP',
      'typicalP',
    ]);
  });

  test("llama.cpp's", () => {
    expect(typesOf(llamaCppPreset(everything))).toEqual([
      'repetitionPenalty',
      'topK',
      'typicalP',
      'topP',
      'minP',
      'temperature',
    ]);
  });
});

describe.each([
  ['huggingFacePreset', huggingFacePreset],
  ['llamaCppPreset', llamaCppPreset],
])('%s', (owner, preset) => {
  test('fills nothing in, and leaves neutral stages out', () => {
    expect(typesOf(preset({}))).toEqual([]);
    const neutral = { temperature: 1, topK: 0, topP: 1, minP: 0, typicalP: 1, repetitionPenalty: 1 };
    expect(typesOf(preset(neutral))).toEqual([]);
  });

  test('hands minTokensToKeep to the truncating stages', () => {
    const [stage] = preset({ topP: 0.5, minTokensToKeep: 3 }).parameters.processors;
    expect(stage!.parameters).toEqual({ p: 0.5, minTokensToKeep: 3 });
  });

  test.each([
    ['top_k', 'topK'],
    ['topp', 'topP'],
    ['temprature', 'temperature'],
    ['repetition_penalty', 'repetitionPenalty'],
    ['typical_p', 'typicalP'],
  ])('names the unknown option %s and the nearest known one', (option, nearest) => {
    expect(() => preset({ [option]: 1 })).toThrow(
      expect.objectContaining({
        code: 'unsupported-option',
        message: `${owner}: unknown option ${option}; did you mean ${nearest}?`,
        details: expect.objectContaining({ option, nearest }),
      }),
    );
  });

  test.each([{ topP: 2 }, { topK: -1 }, { temperature: 0 }, { minTokensToKeep: 0 }, { minP: null as never }])(
    'refuses %j',
    (options) => {
      expect(() => preset(options)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
    },
  );
});

describe('options that refine the repetition penalty', () => {
  test('reach it', () => {
    const [first] = huggingFacePreset({ repetitionPenalty: 1.1, promptIgnoreLength: 4 }).parameters
      .processors;
    expect(first!.parameters).toEqual({ penalty: 1.1, promptIgnoreLength: 4 });
    const [last] = llamaCppPreset({ repetitionPenalty: 1.1, lastTokens: 64 }).parameters.processors;
    expect(last!.parameters).toEqual({ penalty: 1.1, promptIgnoreLength: 0, lastTokens: 64 });
  });

  test('are refused without it, where illegal, and in the other preset', () => {
    expect(() => huggingFacePreset({ promptIgnoreLength: 4 })).toThrow(/together with repetitionPenalty/);
    expect(() => llamaCppPreset({ lastTokens: 64 })).toThrow(/together with repetitionPenalty/);
    expect(() => llamaCppPreset({ repetitionPenalty: 1, lastTokens: 0 })).toThrow(/lastTokens/);
    expect(() => huggingFacePreset({ lastTokens: 64 } as never)).toThrow(/unknown option lastTokens/);
  });
});
