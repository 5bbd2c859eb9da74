import { AutoModelForCausalLM, BaseStreamer, env, Tensor } from '@huggingface/transformers';
import { type DecodeEngine, timing } from './decode-engines';

/** transformers.js over a folder of its local models, which lie in `place`. */
export async function transformersEngine(
  name: string,
  { place, folder }: { readonly place: string; readonly folder: string },
): Promise<DecodeEngine> {
  env.allowRemoteModels = false;
  env.localModelPath = place;
  const model = await AutoModelForCausalLM.from_pretrained(folder, {
    dtype: 'fp32',
    device: 'cpu',
    use_external_data_format: true,
  });
  return {
    name,
    run: async (prompt, newTokens, sampled = false) => {
      const stamps: number[] = [];
      const ids: number[] = [];
      class Stamps extends BaseStreamer {
        #prompt = true;
        override put(value: bigint[][]) {
          if (!this.#prompt) {
            stamps.push(performance.now());
            ids.push(Number(value[0]![0]));
          }
          this.#prompt = false;
        }
        override end() {}
      }
      const shape = [1, prompt.length];
      const begin = performance.now();
      await model.generate({
        input_ids: new Tensor('int64', BigInt64Array.from(prompt, BigInt), shape),
        attention_mask: new Tensor('int64', new BigInt64Array(prompt.length).fill(1n), shape),
        max_new_tokens: newTokens,
        min_new_tokens: newTokens,
        do_sample: sampled,
        ...(sampled ? { temperature: 0.7, top_k: 50 } : {}),
        streamer: new Stamps(),
      } as never);
      return timing(begin, stamps, ids);
    },
    dispose: () => model.dispose(),
  };
}
