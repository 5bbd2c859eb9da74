import { type GoldenArray, goldenIdRows, goldenRows, readGolden } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { expect, test } from 'vitest';
import { chain } from '../chain/chain';
import { categorical } from '../samplers/categorical';
import { greedy } from '../samplers/greedy';
import { simdKernel } from '../simd/simd-kernel';
import { expectSameAsPlain } from '../testing/expect-same-as-plain';
import { type GoldenParameters, goldenProcessor } from '../testing/golden-factories';
import type { CompileOptions } from './compile';

interface Inputs {
  readonly inputs?: Readonly<
    Record<string, { readonly scores: GoldenArray; readonly input_ids: GoldenArray }>
  >;
}
interface BigVocabFile extends Inputs {
  readonly cases: readonly {
    readonly name: string;
    readonly input: string;
    readonly processor: string;
    readonly params: GoldenParameters;
  }[];
}
interface ChainFile extends Inputs {
  readonly cases: readonly {
    readonly name: string;
    readonly input?: string;
    readonly input_ids?: GoldenArray;
    readonly scores?: GoldenArray;
    readonly processors?: readonly { readonly processor: string; readonly params: GoldenParameters }[];
  }[];
}

const samplers = [categorical(), greedy()];

function goldenTests(options: CompileOptions): void {
  test('every case of the vocabulary of 151 936', () => {
    const { inputs, cases } = readGolden<BigVocabFile>('processors/big_vocab.json');
    for (const { name, input, processor, params } of cases) {
      const row = goldenRows(inputs![input]!.scores)[0]!;
      expectSameAsPlain(goldenProcessor(processor, params), row, [], samplers, name, options);
    }
    expect(cases.length).toBeGreaterThan(35);
  });

  test.each(['chains/real.json', 'chains/corner.json', 'chains/random.json', 'smollm2/chains.json'])(
    'every chain of %s',
    (file) => {
      const { inputs, cases } = readGolden<ChainFile>(file);
      let rowCount = 0;
      for (const { name, input, scores, input_ids, processors } of cases) {
        if (processors === undefined) continue;
        const source = input === undefined ? undefined : inputs![input]!;
        const rows = goldenRows(scores ?? source!.scores);
        const ids = goldenIdRows(input_ids ?? source!.input_ids);
        rows.forEach((row, index) => {
          const place = { row: index, rows: rows.length };
          const parts = processors.map((part) => goldenProcessor(part.processor, part.params, place));
          expectSameAsPlain(
            chain(...parts),
            row,
            Array.from(ids[index] ?? []),
            samplers,
            `${name} ${index}`,
            options,
          );
          rowCount++;
        });
      }
      expect(rowCount).toBeGreaterThan(3);
    },
  );
}

describeShared('compiled, on the rows of the goldens', () => goldenTests({}));
describeShared('compiled with a kernel, on the rows of the goldens', () =>
  goldenTests({ kernel: simdKernel() }),
);
