import { type GoldenArray, goldenFloats, hasShared, readGolden } from '@nexttoken/goldens';
import type { LogitsProcessor } from '@nexttoken/model';
import { minP, repetitionPenalty, temperature, topK, topP, typicalP } from '@nexttoken/sampling';
import { describe, expect, test } from 'vitest';
import { nextTokenTable } from './next-token-table';

interface NextGolden {
  readonly name: string;
  readonly top50_ids: readonly number[];
  readonly top50_logits: readonly number[];
  readonly top50_probs: readonly number[];
  readonly entropy: number;
  readonly logits?: GoldenArray;
}

interface ChainGolden {
  readonly name: string;
  readonly input: string;
  readonly processors: readonly {
    readonly processor: string;
    readonly params: Readonly<Record<string, number>>;
    readonly finite_after: readonly number[];
  }[];
}

const factories: Readonly<Record<string, (params: Readonly<Record<string, number>>) => LogitsProcessor>> = {
  temperature: (params) => temperature(params.temperature!),
  top_k: (params) => topK(params.top_k!),
  top_p: (params) => topP(params.top_p!),
  min_p: (params) => minP(params.min_p!),
  repetition_penalty: (params) => repetitionPenalty(params.penalty!),
  typical_p: (params) => typicalP(params.typical_p!),
};

describe.skipIf(!hasShared)('nextTokenTable against transformers', () => {
  test('SmolLM2: the 50 best tokens, their logits and probabilities, the entropy', () => {
    const cases = readGolden<{ cases: NextGolden[] }>('smollm2/next.json').cases.filter(
      ({ logits }) => logits,
    );
    expect(cases).toHaveLength(2);
    for (const golden of cases) {
      const table = nextTokenTable(goldenFloats(golden.logits!), undefined, { top: 50 });
      expect(table.rows.map(({ id }) => id)).toEqual(golden.top50_ids);
      expect(table.rows.map(({ logit }) => logit)).toEqual(golden.top50_logits);
      for (const [index, { probability }] of table.rows.entries()) {
        expect(Math.abs(probability - golden.top50_probs[index]!)).toBeLessThan(2e-6);
      }
      expect(table.entropy * Math.LN2).toBeCloseTo(golden.entropy, 5);
    }
  });

  test('SmolLM2: how many tokens each stage of a chain keeps', () => {
    const { inputs, cases } = readGolden<{
      inputs: Readonly<
        Record<string, { readonly scores: GoldenArray; readonly input_ids: readonly (readonly number[])[] }>
      >;
      cases: ChainGolden[];
    }>('smollm2/chains.json');
    let stages = 0;
    for (const { name, input, processors } of cases) {
      if (!processors.every(({ processor }) => processor in factories)) continue;
      const table = nextTokenTable(goldenFloats(inputs[input]!.scores), undefined, {
        processors: processors.map(({ processor, params }) => factories[processor]!(params)),
        context: { ids: inputs[input]!.input_ids[0]! },
      });
      const kept = table.stages!.map((stage) => stage.kept);
      expect(kept, name).toEqual(processors.map(({ finite_after }) => finite_after[0]));
      stages += kept.length;
    }
    expect(stages).toBeGreaterThan(20);
  });
});
