import {
  type GoldenArray,
  goldenFloats,
  goldenIdRows,
  goldenIds,
  goldenRows,
  hasShared,
  readGolden,
} from '@nexttoken/goldens';
import { softmax } from '@nexttoken/numeric';
import { describe, expect, test } from 'vitest';
import { type HuggingFacePresetOptions, huggingFacePreset } from '../presets/hugging-face-preset';
import { factories, type GoldenParameters } from '../testing/golden-factories';
import { run } from '../testing/run-processor';
import { chain } from './chain';

interface ChainCase {
  readonly name: string;
  readonly input?: string;
  readonly input_ids?: GoldenArray;
  readonly effective: Readonly<Record<string, unknown>>;
  readonly scores?: GoldenArray;
  readonly processors?: readonly {
    readonly processor: string;
    readonly params: GoldenParameters;
    readonly finite_after: readonly number[];
  }[];
  readonly survivors: readonly {
    readonly indices: GoldenArray;
    readonly probs: GoldenArray;
    readonly scores?: GoldenArray;
  }[];
  readonly output?: GoldenArray;
  readonly boundary?: boolean;
}

interface ChainFile {
  readonly inputs?: Readonly<
    Record<string, { readonly scores: GoldenArray; readonly input_ids: GoldenArray }>
  >;
  readonly cases: readonly ChainCase[];
}

/** Hugging Face's names for the preset's options; the order of the preset is what is tested. */
const optionNames: Readonly<Record<string, keyof HuggingFacePresetOptions>> = {
  temperature: 'temperature',
  top_k: 'topK',
  top_p: 'topP',
  min_p: 'minP',
  typical_p: 'typicalP',
  repetition_penalty: 'repetitionPenalty',
};

function presetOf(effective: Readonly<Record<string, unknown>>) {
  if (effective.do_sample === false) {
    return huggingFacePreset({ repetitionPenalty: effective.repetition_penalty as number });
  }
  const known = Object.entries(effective).filter(([name, value]) => name in optionNames && value !== null);
  return huggingFacePreset(Object.fromEntries(known.map(([name, value]) => [optionNames[name]!, value])));
}

function finiteIds(scores: Float32Array): number[] {
  return Array.from(scores.keys()).filter((id) => scores[id] !== -Infinity);
}

describe.skipIf(!hasShared)('chains of transformers', () => {
  const files = ['chains/real.json', 'chains/corner.json', 'chains/random.json', 'smollm2/chains.json'];
  test('cases that use only these processors: same tokens, scores and probabilities', () => {
    let ran = 0;
    let stages = 0;
    for (const file of files) {
      const { inputs, cases } = readGolden<ChainFile>(file);
      for (const recorded of cases) {
        const parts = recorded.processors;
        if (parts === undefined || !parts.every((part) => part.processor in factories)) continue;
        const input = recorded.input === undefined ? undefined : inputs![recorded.input]!;
        const row = goldenRows(recorded.scores ?? input!.scores)[0]!;
        const ids = goldenIdRows(recorded.input_ids ?? input!.input_ids)[0]!;

        const processors = parts.map((part) => factories[part.processor]!(part.params));
        const built = presetOf(recorded.effective);
        expect(
          built.parameters.processors.map(({ type }) => type),
          recorded.name,
        ).toEqual(processors.map(({ type }) => type));
        processors.forEach((_, i) => {
          const partial = run(chain(...processors.slice(0, i + 1)), row, ids);
          expect(finiteIds(partial).length, `${recorded.name} stage ${i}`).toBe(parts[i]!.finite_after[0]);
          stages++;
        });

        const scores = run(built, row, ids);
        const survivors = recorded.survivors[0]!;
        const kept = goldenIds(survivors.indices);
        expect(finiteIds(scores), recorded.name).toEqual(kept);
        const expectedScores =
          survivors.scores === undefined
            ? kept.map((id) => goldenRows(recorded.output!)[0]![id]!)
            : Array.from(goldenFloats(survivors.scores));
        expect(
          kept.map((id) => scores[id]),
          recorded.name,
        ).toEqual(expectedScores);
        const probabilities = softmax(scores);
        const expectedProbabilities = goldenFloats(survivors.probs);
        kept.forEach((id, i) => {
          expect(Math.abs(probabilities[id]! - expectedProbabilities[i]!)).toBeLessThan(2e-6);
        });
        ran++;
      }
    }
    console.info(`chains: ${ran} cases, ${stages} stages`);
    expect(ran).toBeGreaterThan(15);
  });
});
