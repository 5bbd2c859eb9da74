import {
  type GoldenArray,
  goldenFloats,
  goldenIdRows,
  goldenIds,
  goldenRows,
  hasShared,
  readGolden,
} from '@nexttoken/goldens';
import { NextTokenError } from '@nexttoken/model';
import { describe, expect, test } from 'vitest';
import { type GoldenParameters, goldenProcessor, goldenProcessorNames } from '../testing/golden-factories';
import { run } from '../testing/run-processor';
import { runRows } from '../testing/run-rows';

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

/** Hugging Face refuses these neutral values in the constructor; here neutral values do nothing. */
const neutralHere = new Set(['typical_p 1', 'epsilon_cutoff 0', 'eta_cutoff 0']);

/** Relative tolerance (below 0.1: absolute) where bits differ: torch's log-softmax is not correctly rounded. */
const tolerances: Readonly<Record<string, number>> = { logit_normalization: 1e-5 };

/** A filter value other than -Infinity only colours what was removed. */
function withRemoved(expected: Float32Array, input: Float32Array, filter: number | undefined): Float32Array {
  if (filter === undefined) return expected;
  return expected.map((value, i) => (value === filter && input[i] !== filter ? -Infinity : value));
}

function isSame(actual: number, expected: number, tolerance = 0): boolean {
  if (actual === expected || (Number.isNaN(actual) && Number.isNaN(expected))) return true;
  return Math.abs(actual - expected) <= tolerance * Math.max(Math.abs(expected), 0.1);
}

function runCase(name: string, recorded: ProcessorCase, inputs: ProcessorFile['inputs']): Float32Array[] {
  const rows = goldenRows(inputs[recorded.input]!.scores);
  const ids = goldenIdRows(recorded.input_ids);
  const processors = rows.map((_, row) => goldenProcessor(name, recorded.params, { row, rows: rows.length }));
  return runRows(
    processors,
    rows,
    rows.map((_, row) => ids[row] ?? []),
    { beams: recorded.params.num_beams ?? 1 },
  );
}

describe.skipIf(!hasShared)('against transformers', () => {
  test.each(goldenProcessorNames)('%s: same tokens, same bits', (name) => {
    const { inputs, cases } = readGolden<ProcessorFile>(`processors/${name}.json`);
    let exact = 0;
    let boundary = 0;
    let refused = 0;
    const boundaryDifferences: string[] = [];
    for (const recorded of cases) {
      if (recorded.throws) {
        if (neutralHere.has(`${name} ${recorded.params[name]}`)) continue;
        expect(() => runCase(name, recorded, inputs), recorded.name).toThrow(NextTokenError);
        refused++;
        continue;
      }
      const rows = goldenRows(inputs[recorded.input]!.scores);
      const outputs = goldenRows(recorded.output!);
      const same = runCase(name, recorded, inputs).every((actual, row) => {
        const expected = withRemoved(outputs[row]!, rows[row]!, recorded.params.filter_value);
        return actual.every((value, id) => isSame(value, expected[id]!, tolerances[name]));
      });
      if (recorded.boundary) {
        if (same) boundary++;
        else boundaryDifferences.push(recorded.name);
      } else {
        expect(same, recorded.name).toBe(true);
        exact++;
      }
    }
    console.info(
      `${name}: ${exact} identical, ${refused} refused alike; decided by rounding: ${boundary} identical, ` +
        `${boundaryDifferences.length} different ${boundaryDifferences.join(' ')}`,
    );
    expect(exact + refused + boundary + boundaryDifferences.length).toBeGreaterThan(4);
  });

  test('a vocabulary of 151 936: same tokens, same bits', () => {
    const { inputs, cases } = readGolden<ProcessorFile>('processors/big_vocab.json');
    let exact = 0;
    const boundary: string[] = [];
    for (const recorded of cases) {
      const row = goldenRows(inputs[recorded.input]!.scores)[0]!;
      const kept = goldenIds(recorded.kept_indices!);
      const values = goldenFloats(recorded.kept_values!);
      const expected = new Float32Array(row.length).fill(-Infinity);
      kept.forEach((id, i) => {
        expected[id] = values[i]!;
      });
      const actual = run(goldenProcessor(recorded.processor!, recorded.params), row);
      const same = actual.every((value, id) => value === expected[id]);
      if (recorded.boundary) boundary.push(`${recorded.name} ${same ? 'identical' : 'different'}`);
      else {
        expect(same, recorded.name).toBe(true);
        exact++;
      }
    }
    console.info(`big vocabulary: ${exact} identical; decided by rounding: ${boundary.join(', ')}`);
    expect(exact).toBeGreaterThan(35);
  });
});
