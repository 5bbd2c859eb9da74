import { performance } from 'node:perf_hooks';
import type { LanguageModel } from '@nexttoken/model';
import { argmax } from '@nexttoken/numeric';

/** One round: reading a prompt, then one token after the other. */
export interface Round {
  /** Milliseconds for the prompt, and for each decoded token. */
  readonly prefill: number;
  readonly decode: number;
}

/** Measures one round in a session of its own. @param ids the prompt, at least one token */
export async function measureRound(
  model: LanguageModel,
  ids: Int32Array,
  tokens: number,
  signal: AbortSignal,
): Promise<Round> {
  const session = await model.createSession();
  try {
    const start = performance.now();
    let { logits } = await session.forward([ids], { signal });
    const read = performance.now();
    for (let count = 0; count < tokens; count++) {
      ({ logits } = await session.forward([[argmax(logits[0]!.data)]], { signal }));
    }
    return { prefill: read - start, decode: tokens === 0 ? 0 : (performance.now() - read) / tokens };
  } finally {
    await session.dispose();
  }
}

/** The middle one; of an even number the mean of both. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
