import { basename, dirname } from 'node:path';
import { AutoModelForCausalLM, AutoTokenizer, env, Tensor } from '@huggingface/transformers';

/** A folder as transformers.js loads it, with nothing said about it but its path. */
export interface TransformersJsModel {
  encode(text: string): number[];
  /** The prompt and what follows it greedily. */
  generate(prompt: readonly number[], newTokens: number): Promise<number[]>;
  dispose(): Promise<void>;
}

export async function openInTransformersJs(folder: string): Promise<TransformersJsModel> {
  env.allowRemoteModels = false;
  env.localModelPath = dirname(folder);
  const name = basename(folder);
  const tokenizer = await AutoTokenizer.from_pretrained(name);
  const model = await AutoModelForCausalLM.from_pretrained(name, { device: 'cpu' });
  return {
    encode: (text) => tokenizer.encode(text),
    async generate(prompt, newTokens) {
      const shape = [1, prompt.length];
      const output = (await model.generate({
        input_ids: new Tensor('int64', BigInt64Array.from(prompt, BigInt), shape),
        attention_mask: new Tensor('int64', new BigInt64Array(prompt.length).fill(1n), shape),
        max_new_tokens: newTokens,
        do_sample: false,
      } as never)) as Tensor;
      return Array.from(output.data as BigInt64Array, Number);
    },
    dispose: async () => {
      await model.dispose();
    },
  };
}
