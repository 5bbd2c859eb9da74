import { type GenerateOptions, generate } from '@nexttoken/generate';
import type { LanguageModel, Session } from '@nexttoken/model';
import { categorical, temperature, topK } from '@nexttoken/sampling';
import { type Continuation, rate } from './engine';

/** Our loop over a model of ours. */
export function ourContinuation(model: LanguageModel): Continuation {
  let session: Session | undefined;
  let ids: number[] = [];

  /** Reads what the session does not hold yet. */
  async function run(more: Partial<GenerateOptions>): Promise<number[]> {
    const stamps: number[] = [];
    const held = session!.lengths[0]!;
    const given = { model, session: session!, previousIds: ids.slice(0, held), prompt: ids.slice(held) };
    for await (const event of generate({ ...given, ...more } as GenerateOptions))
      if (event.type === 'step') {
        stamps.push(performance.now());
        ids.push(event.id);
      }
    return stamps;
  }

  return {
    async prefill(prompt) {
      await session?.dispose();
      session = await model.createSession();
      ids = [...prompt];
      const begin = performance.now();
      const [first] = await run({ maxNewTokens: 1 });
      return first! - begin;
    },
    async decode({ newTokens, sampled }) {
      const choice = sampled
        ? { processors: [temperature(0.7), topK(50)], sampler: categorical(), seed: 1 }
        : {};
      return rate(await run({ maxNewTokens: newTokens, ...choice }));
    },
  };
}
