import {
  type GoldenArray,
  goldenFloats,
  goldenIdRows,
  goldenIds,
  goldenRows,
  hasShared,
  readGolden,
} from '@nexttoken/goldens';
import { describe, expect, test } from 'vitest';
import { factories, type GoldenParameters } from '../testing/golden-factories';
import { run } from '../testing/run-processor';

interface ProcessorCase {
  readonly name: string;
  readonly input: string;
  readonly processor?: string;
  readonly input_ids: GoldenArray;
  readonly params: GoldenParameters;
  readonly output?: GoldenArray;
  readonly kept_indices?: GoldenArray;
  readonly kept_values?: GoldenArray;
  readonly boundary?: boolean;
  readonly throws?: boolean;
}

interface ProcessorFile {
  readonly inputs: Readonly<Record<string, { readonly scores: GoldenArray }>>;
  readonly cases: readonly ProcessorCase[];
}

const names = ['temperature', 'top_k', 'top_p', 'min_p', 'typical_p', 'repetition_penalty'];

/** Hugging Face refuses this neutral value in the constructor; here neutral values do nothing. */
const neutralHere = new Set(['typical_p 1']);

/** A filter value other than -Infinity only colours what was removed. */
function withRemoved(expected: Float32Array, input: Float32Array, filter: number | undefined): Float32Array {
  if (filter === undefined) return expected;
  return expected.map((value, i) => (value === filter && input[i] !== filter ? -Infinity : value));
}

describe.skipIf(!hasShared)('against transformers', () => {
  test.each(names)('%s: same tokens, same bits', (name) => {
    const { inputs, cases } = readGolden<ProcessorFile>(`processors/${name}.json`);
    let exact = 0;
    let boundary = 0;
    let refused = 0;
    const boundaryDifferences: string[] = [];
    for (const recorded of cases) {
      const make = () => factories[name]!(recorded.params);
      if (recorded.throws) {
        if (neutralHere.has(`${name} ${recorded.params[name]}`)) continue;
        expect(make, recorded.name).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
        refused++;
        continue;
      }
      const ids = goldenIdRows(recorded.input_ids);
      const rows = goldenRows(inputs[recorded.input]!.scores);
      const outputs = goldenRows(recorded.output!);
      const processor = make();
      const same = rows.map((row, i) => {
        const expected = withRemoved(outputs[i]!, row, recorded.params.filter_value);
        const actual = run(processor, row, ids[i] ?? []);
        if (!recorded.boundary) expect(actual, recorded.name).toEqual(expected);
        return actual.every((value, id) => Object.is(value, expected[id]));
      });
      if (!recorded.boundary) expect(same, recorded.name).not.toContain(false);
      if (!recorded.boundary) exact++;
      else if (same.every(Boolean)) boundary++;
      else boundaryDifferences.push(recorded.name);
    }
    console.info(
      `${name}: ${exact} identical, ${refused} refused alike; decided by rounding: ${boundary} identical, ` +
        `${boundaryDifferences.length} different ${boundaryDifferences.join(' ')}`,
    );
    expect(exact).toBeGreaterThan(60);
    expect(refused).toBeGreaterThan(1);
  });

  test('a vocabulary of 151 936: same tokens, same bits', () => {
    const { inputs, cases } = readGolden<ProcessorFile>('processors/big_vocab.json');
    let exact = 0;
    const boundary: string[] = [];
    for (const recorded of cases) {
      const make = factories[recorded.processor!];
      if (make === undefined) continue;
      const row = goldenRows(inputs[recorded.input]!.scores)[0]!;
      const kept = goldenIds(recorded.kept_indices!);
      const values = goldenFloats(recorded.kept_values!);
      const expected = new Float32Array(row.length).fill(-Infinity);
      kept.forEach((id, i) => {
        expected[id] = values[i]!;
      });
      const actual = run(make(recorded.params), row);
      const same = actual.every((value, id) => value === expected[id]);
      if (recorded.boundary) boundary.push(`${recorded.name} ${same ? 'identical' : 'different'}`);
      else {
        expect(same, recorded.name).toBe(true);
        exact++;
      }
    }
    console.info(`big vocabulary: ${exact} identical; decided by rounding: ${boundary.join(', ')}`);
    expect(exact).toBeGreaterThan(20);
  });
});
