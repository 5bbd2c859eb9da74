import { type GoldenArray, goldenFloats, goldenIds, hasShared, readGolden } from '@nexttoken/goldens';
import type { HiddenStates, LanguageModel } from '@nexttoken/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExportedModel, exportShared } from '../testing/open-shared-model';

interface HiddenGolden {
  readonly ids: GoldenArray;
  readonly hidden_states: readonly { readonly last: number[]; readonly projection: GoldenArray }[];
  /** In the head of a file of several cases. */
  readonly hidden_projection_matrix?: GoldenArray;
}

interface Cases {
  readonly hidden_projection_matrix: GoldenArray;
  readonly cases: readonly HiddenGolden[];
}

async function captured(model: LanguageModel, ids: readonly number[]): Promise<HiddenStates> {
  const session = await model.createSession();
  const { hiddenStates } = await session.forward([ids], { logits: 'none', capture: { hiddenStates: true } });
  await session.dispose();
  return hiddenStates![0]!;
}

function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return largest(Array.from(a, (value, i) => value - b[i]!));
}

/** h · matrix for every position, `[positions, 4]`. */
function project(layer: Float32Array, width: number, matrix: Float32Array): number[] {
  const columns = matrix.length / width;
  return Array.from({ length: (layer.length / width) * columns }, (_, index) => {
    const position = Math.floor(index / columns);
    let sum = 0;
    for (let i = 0; i < width; i++)
      sum += layer[position * width + i]! * matrix[i * columns + (index % columns)]!;
    return sum;
  });
}

function check(states: HiddenStates, golden: HiddenGolden, matrix: Float32Array): void {
  const { data, layers, positions, width } = states;
  expect(positions).toBe(goldenIds(golden.ids).length);
  expect(layers).toBe(golden.hidden_states.length);
  golden.hidden_states.forEach(({ last, projection }, layer) => {
    const all = data.subarray(layer * positions * width, (layer + 1) * positions * width);
    const tolerance = 1e-4 * largest(all);
    expect(largestDifference(all.subarray(-width), last), `layer ${layer}`).toBeLessThan(tolerance);
    const projected = project(all, width, matrix);
    expect(largestDifference(projected, goldenFloats(projection)), `layer ${layer}`).toBeLessThan(1e-3);
  });
}

describe.skipIf(!hasShared)('hidden states of every layer', () => {
  let stories: ExportedModel;
  let random: ExportedModel;
  beforeAll(async () => {
    stories = await exportShared('data/models/stories260k');
    random = await exportShared('goldens/models/tiny-random-llama');
  });
  afterAll(async () => {
    await stories?.remove();
    await random?.remove();
  });

  test.each(['short', 'bytes', 'dialogue', 'long'])('stories260k, %s', async (name) => {
    const golden = readGolden<HiddenGolden>(`forward/${name}.json`);
    const model = await stories.open({ thread: name === 'short' ? 'worker' : 'caller' });
    const states = await captured(model, goldenIds(golden.ids));
    check(states, golden, goldenFloats(golden.hidden_projection_matrix!));
    await model.dispose();
  });

  test('a random llama', async () => {
    const { cases, hidden_projection_matrix } = readGolden<Cases>('models/tiny-random-llama/expected.json');
    const model = await random.open({ thread: 'caller' });
    for (const golden of cases)
      check(await captured(model, goldenIds(golden.ids)), golden, goldenFloats(hidden_projection_matrix));
    await model.dispose();
  });

  test('a standard graph gives none out and says so', async () => {
    const standard = await exportShared('data/models/stories260k', { layout: 'standard' });
    const model = await standard.open({ thread: 'caller' });
    expect(model.capabilities.hiddenStates).toBe(false);
    await model.dispose();
    await standard.remove();
  });
});
