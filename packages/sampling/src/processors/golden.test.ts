import { describe, expect, test } from 'vitest';
import {
  decodeIdRows,
  decodeIds,
  decodeRows,
  decodeValues,
  type EncodedArray,
  factories,
  type GoldenParameters,
  goldensPresent,
  readGolden,
} from '../testing/golden-files';
import { run } from '../testing/run-processor';

interface ProcessorCase {
  readonly name: string;
  readonly input: string;
  readonly processor?: string;
  readonly input_ids: unknown;
  readonly params: GoldenParameters;
  readonly output?: EncodedArray;
  readonly kept_indices?: unknown;
  readonly kept_values?: EncodedArray;
  readonly boundary?: boolean;
  readonly throws?: boolean;
}

interface ProcessorFile {
  readonly inputs: Readonly<Record<string, { readonly scores: EncodedArray }>>;
  readonly cases: readonly ProcessorCase[];
}

/** These change scores instead of removing tokens: same bits, since all is float32. */
const names = ['temperature', 'top_k', 'top_p', 'min_p', 'typical_p', 'repetition_penalty'];

/** Hugging Face refuses this neutral value in the constructor; here neutral values do nothing. */
const neutralHere = new Set(['typical_p 1']);

/** A filter value other than -Infinity only colours what was removed. */
function withRemoved(expected: Float32Array, input: Float32Array, filter: number | undefined): Float32Array {
  if (filter === undefined) return expected;
  return expected.map((value, i) => (value === filter && input[i] !== filter ? -Infinity : value));
}

describe.skipIf(!goldensPresent)('against transformers', () => {
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
      const ids = decodeIdRows(recorded.input_ids);
      const rows = decodeRows(inputs[recorded.input]!.scores);
      const outputs = decodeRows(recorded.output!);
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
      const row = decodeRows(inputs[recorded.input]!.scores)[0]!;
      const kept = decodeIds(recorded.kept_indices);
      const values = decodeValues(recorded.kept_values!);
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
