import type * as Transformers from '@huggingface/transformers';
import { type Continuation, rate } from './engine';

type Model = Awaited<ReturnType<typeof Transformers.AutoModelForCausalLM.from_pretrained>>;

/** The loop of transformers.js over a model of its own; the cache goes from call to call. */
export function transformersContinuation(library: typeof Transformers, model: Model): Continuation {
  const { BaseStreamer, Tensor } = library;
  let ids: bigint[] = [];
  let cache: unknown;

  async function run(newTokens: number, choice: object): Promise<number[]> {
    const stamps: number[] = [];
    class Stamps extends BaseStreamer {
      #prompt = true;
      override put() {
        if (!this.#prompt) stamps.push(performance.now());
        this.#prompt = false;
      }
      override end() {}
    }
    const shape = [1, ids.length];
    const result = (await model.generate({
      input_ids: new Tensor('int64', BigInt64Array.from(ids), shape),
      attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
      ...(cache ? { past_key_values: cache } : {}),
      max_new_tokens: newTokens,
      min_new_tokens: newTokens,
      return_dict_in_generate: true,
      ...choice,
      streamer: new Stamps(),
    } as never)) as unknown as { sequences: Transformers.Tensor; past_key_values: unknown };
    ids = [...(result.sequences.data as BigInt64Array)];
    cache = result.past_key_values;
    return stamps;
  }

  return {
    async prefill(prompt) {
      ids = prompt.map(BigInt);
      cache = undefined;
      const begin = performance.now();
      const [first] = await run(1, { do_sample: false });
      return first! - begin;
    },
    decode: async ({ newTokens, sampled }) =>
      rate(
        await run(
          newTokens,
          sampled ? { do_sample: true, temperature: 0.7, top_k: 50 } : { do_sample: false },
        ),
      ),
  };
}
