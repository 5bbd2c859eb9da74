import { displayToken } from '@nexttoken/inspector';
import type { Tokenizer } from '@nexttoken/model';

/** Names of all tokens, made piece by piece: a vocabulary takes longer than a frame. */
const names = new WeakMap<Tokenizer, string[]>();
const sliceMilliseconds = 8;

const pause = () => new Promise((resolve) => setTimeout(resolve));

async function namesOf(tokenizer: Tokenizer, count: number, signal: AbortSignal): Promise<readonly string[]> {
  const known = names.get(tokenizer) ?? [];
  names.set(tokenizer, known);
  let started = performance.now();
  while (known.length < count) {
    known.push(displayToken(tokenizer, known.length));
    if (known.length % 64 || performance.now() - started < sliceMilliseconds) continue;
    await pause();
    signal.throwIfAborted();
    started = performance.now();
  }
  return known;
}

/**
 * Ids of the tokens that a query means, highest logit first: those whose name holds it (a space is ␣, case does not
 * matter), and the one whose id it is.
 * @param limit how many at most
 */
export async function searchTokens(
  query: string,
  logits: Float32Array,
  tokenizer: Tokenizer | undefined,
  limit: number,
  signal: AbortSignal,
): Promise<number[]> {
  const wanted = query.replaceAll(' ', '␣').toLowerCase();
  if (wanted === '') return [];
  const exact = /^#?\d+$/.test(query) ? Number(query.replace('#', '')) : -1;
  const found: number[] = [];
  if (tokenizer) {
    const all = await namesOf(tokenizer, Math.min(logits.length, tokenizer.vocabSize), signal);
    for (let id = 0; id < Math.min(all.length, logits.length); id++)
      if (id !== exact && all[id]!.toLowerCase().includes(wanted)) found.push(id);
  }
  found.sort((a, b) => logits[b]! - logits[a]! || a - b);
  const first = exact >= 0 && exact < logits.length ? [exact] : [];
  return [...first, ...found].slice(0, limit);
}
