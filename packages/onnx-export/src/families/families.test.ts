import { type Checkpoint, withLongContext } from '@nexttoken/checkpoint';
import { goldenFloats, goldenIds } from '@nexttoken/goldens';
import { describe, expect, test } from 'vitest';
import { expectGolden, type Tolerances } from '../testing/forward-golden';
import { type MadeCase, madeCases, openMade } from '../testing/made-checkpoint';
import { type DecoderAnswer, type RunningDecoder, runDecoder } from '../testing/run-decoder';

const layouts = ['caller-cache', 'standard', 'standard-fused'] as const;
const taps = ['blocks.*.attn.hook_pattern'];
/** Logits up to 10, hidden states up to 100, all in float32. */
const tolerances: Tolerances = { logits: 2e-4, hidden: 5e-4, attention: 2e-5 };

/** Longer texts than the short factors are for need the long ones. */
const openFor = async (made: MadeCase, length: number): Promise<Checkpoint> => {
  const checkpoint = await openMade(made);
  return length > checkpoint.architecture.contextLength ? withLongContext(checkpoint) : checkpoint;
};

describe.each(madeCases.map((made) => [made.name, made] as const))('%s', (_, made) => {
  test.each(layouts)('%s', async (layout) => {
    const fused = layout === 'standard-fused';
    for (const answer of made.answers) {
      const ids = goldenIds(answer.ids);
      const decoder = await runDecoder(await openFor(made, ids.length), {
        layout,
        ...(fused ? {} : { taps }),
      });
      const whole = await decoder.forward(ids);
      expectGolden(whole, answer, { tolerances });
      decoder.reset();
      expectSame(await inPieces(decoder, ids), whole);
      await decoder.release();
    }
  });

  test('caller-cache with a tail of its own', async () => {
    const ids = goldenIds(made.answers.at(-1)!.ids);
    const decoder = await runDecoder(await openFor(made, ids.length), {}, 4);
    const whole = await decoder.forward(ids);
    decoder.reset();
    expectSame(await inPieces(decoder, ids), whole);
    await decoder.release();
  });
});

/** Weights that are stored transposed, joined or without their one come through every number format. */
test.each(['gpt2', 'gpt_neox', 'phi3', 'gemma3'])('%s in other number formats', async (family) => {
  const made = madeCases.find(({ name }) => name.startsWith(family))!;
  const [answer] = made.answers;
  const expected = goldenFloats(answer!.logits!);
  const size = Math.max(...expected.map(Math.abs));
  for (const [dtype, tolerance] of [
    ['fp16', 0.005],
    ['q8', 0.05],
    ['int8', 0.2],
  ] as const) {
    const decoder = await runDecoder(await openMade(made), { dtype });
    const { logits } = await decoder.forward(goldenIds(answer!.ids));
    const most = logits.reduce((max, value, index) => Math.max(max, Math.abs(value - expected[index]!)), 0);
    expect(most / size, dtype).toBeLessThan(tolerance);
    await decoder.release();
  }
});

/** The last piece of a text that is computed through the cache. */
async function inPieces(decoder: RunningDecoder, ids: readonly number[]): Promise<DecoderAnswer> {
  const borders = [7, 8, 9, ids.length - 2];
  for (const [index, border] of borders.entries())
    await decoder.forward(ids.slice(borders[index - 1] ?? 0, border));
  return decoder.forward(ids.slice(-2));
}

function expectSame(piece: DecoderAnswer, whole: DecoderAnswer): void {
  const expected = whole.logits.subarray(-piece.logits.length);
  piece.logits.forEach((value, index) => {
    expect(Math.abs(value - expected[index]!)).toBeLessThan(tolerances.logits);
  });
}
