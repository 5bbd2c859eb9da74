import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { hasShared, sharedPath } from '@nexttoken/goldens';
import { type DecoderModel, deviceGraph } from '@nexttoken/onnx-decoder';
import { exportDecoder, weightsInMemory } from '@nexttoken/onnx-export';
import * as runtime from 'onnxruntime-web/wasm';
import { describe, expect, test } from 'vitest';
import { openModel } from './open-model';

const text = Array.from({ length: 40 }, (_, i) => (i * 37) % 200);

/** Logits of a prompt, of steps behind it, and of two rows with a common past. */
async function read(model: DecoderModel): Promise<number[][]> {
  const session = await model.createSession({ rows: 1 });
  const found: number[][] = [];
  const forward = async (rows: number[][]) => {
    const { logits } = await session.forward(rows);
    for (const row of logits) found.push([...row!.data]);
  };
  await forward([text.slice(0, 24)]);
  await forward([text.slice(24, 25)]);
  await session.select([0, 0]);
  await forward([text.slice(25, 26), text.slice(26, 27)]);
  // Rows with a tail each, and many new positions.
  await forward([text.slice(28, 40), text.slice(27, 39)]);
  await session.select([1]);
  await forward([text.slice(0, 12)]);
  await model.dispose();
  return found;
}

/** Operators whose threads wait for each other. Nodes name theirs behind the tag 0x22, a quotation mark, and its length. */
const waiting = [
  'Softmax',
  'LayerNormalization',
  'SimplifiedLayerNormalization',
  'SkipLayerNormalization',
  'SkipSimplifiedLayerNormalization',
];

describe.skipIf(!hasShared)('graphs without programs that wait', () => {
  // RMS norms; norms that center; windows; norms of heads.
  test.each(['tiny-random-llama', 'tiny-random-gpt2', 'tiny-random-mistral', 'tiny-random-qwen3'])(
    '%s: the same logits',
    async (name) => {
      const checkpoint = await openCheckpointPath(sharedPath(`goldens/models/${name}`));
      const { contextLength, vocabSize } = checkpoint.architecture;
      const { graph, weights } = exportDecoder(checkpoint, {});
      const data = await weightsInMemory({ weights });
      await checkpoint.close();
      const open = (bytes: Uint8Array) =>
        openModel(runtime, {
          modelId: name,
          graph: bytes,
          externalData: [{ path: 'weights.bin', data }],
          contextLength,
          vocabSize,
          dtype: 'fp32',
          device: 'wasm',
          reason: 'a test',
          build: 'wasm',
          threads: 1,
        });
      const expected = await read(await open(graph));
      const rewritten = deviceGraph(graph, { contextLength, sums: 'all' });
      const whole = new TextDecoder('latin1').decode(rewritten);
      for (const operator of waiting)
        expect(whole.includes(`"${String.fromCharCode(operator.length)}${operator}`)).toBe(false);
      expect(whole.includes('joined.isLong')).toBe(true);
      const found = await read(await open(rewritten));
      const worst = Math.max(
        ...expected.flatMap((row, i) => row.map((value, j) => Math.abs(value - found[i]![j]!))),
      );
      expect(worst).toBeLessThan(1e-4);
    },
  );
});
