import { type LogitProcessor, MLCEngine } from '@mlc-ai/web-llm';
import { createRandom, softmax } from '@nexttoken/numeric';
import { describe, expect, test } from 'vitest';
import { chain } from '../chain/chain';
import { repetitionPenalty } from '../processors/repetition-penalty';
import { temperature } from '../processors/temperature';
import { topK } from '../processors/top-k';
import { xtc } from '../processors/xtc';
import { categorical } from '../samplers/categorical';
import { countingProcessor } from '../testing/counting-processor';
import { webLlmProcessor } from './web-llm';

/** The engine's own steps for a token, with WebGPU's softmax in float32: sampleTokenFromLogits of WebLLM 0.2.86. */
function engineStep(processor: LogitProcessor, row: readonly number[], t: number): Float32Array {
  const logits = processor.processLogits(Float32Array.from(row));
  return softmax(logits.map((score) => score / t));
}

describe('webLlmProcessor', () => {
  test('is a LogitProcessor of the library; the engine takes it', () => {
    const processor: LogitProcessor = webLlmProcessor(topK(1));
    const engine = new MLCEngine({ logitProcessorRegistry: new Map([['a-model', processor]]) });
    engine.setLogitProcessorRegistry(new Map([['a-model', processor]]));
  });

  test('removed tokens are finite, and never drawn at any temperature', () => {
    const processor = webLlmProcessor(chain(temperature(0.7), topK(2)));
    const logits = processor.processLogits(Float32Array.of(1, 3, 2, Number.NEGATIVE_INFINITY));
    expect(logits.every(Number.isFinite)).toBe(true);
    for (const t of [1e-6, 1, 2]) {
      expect(Array.from(engineStep(processor, [1, 3, 2, 0], t), (q) => q > 0)).toEqual([
        false,
        true,
        t !== 1e-6,
        false,
      ]);
    }
  });

  test('sampled tokens reach ids and state; resetState begins anew', () => {
    const processor = webLlmProcessor(countingProcessor());
    const seen = () => Array.from(processor.processLogits(new Float32Array(3)));
    expect(seen()).toEqual([0, 0, 0]);
    processor.processSampledToken(7);
    processor.processSampledToken(8);
    expect(seen()).toEqual([2, 0, 2]);
    processor.resetState();
    expect(seen()).toEqual([0, 0, 0]);
    for (let i = 0; i < 100; i++) processor.processSampledToken(i);
    expect(seen()).toEqual([100, 0, 100]);
  });

  test('penalties count what was sampled', () => {
    const processor = webLlmProcessor(repetitionPenalty(2));
    processor.processSampledToken(1);
    expect(Array.from(processor.processLogits(Float32Array.of(4, 4, -4)))).toEqual([4, 2, -4]);
  });

  test('a sampler leaves nothing but its choice: the same seed, the same answers', () => {
    const answer = () => {
      const processor = webLlmProcessor(chain(topK(3)), { sampler: categorical(), random: createRandom(4) });
      const chat = () =>
        Array.from({ length: 12 }, () => {
          const q = engineStep(processor, [1, 1, 1, 0], 0.8);
          expect(q.filter((share) => share > 0)).toEqual(Float32Array.of(1));
          const id = q.indexOf(1);
          processor.processSampledToken(id);
          return id;
        });
      const first = chat();
      processor.resetState();
      return [first, chat()];
    };
    const [first, second] = answer();
    expect(answer()).toEqual([first, second]);
    expect(second).not.toEqual(first);
  });

  test('refuses what it cannot honour', () => {
    expect(() => webLlmProcessor(xtc(0.5))).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ owner: 'webLlmProcessor', parameter: 'random' }),
      }),
    );
    expect(() => webLlmProcessor({ ...topK(1), requires: { siblings: true } })).toThrow(
      expect.objectContaining({ code: 'unsupported-capability' }),
    );
  });
});
