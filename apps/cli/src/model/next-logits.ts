import { type LanguageModel, NextTokenError } from '@nexttoken/model';

/** The raw logits that follow the tokens: a copy, shape `[vocabSize]`. */
export async function nextLogits(
  model: LanguageModel,
  ids: Int32Array,
  signal: AbortSignal,
): Promise<Float32Array> {
  if (ids.length === 0) throw new NextTokenError('empty-prompt', 'the prompt has no token');
  const session = await model.createSession();
  try {
    const { logits } = await session.forward([ids], { signal });
    return Float32Array.from(logits[0]?.data ?? []);
  } finally {
    await session.dispose();
  }
}
