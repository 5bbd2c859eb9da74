import { type HiddenStates, type LanguageModel, NextTokenError, type Session } from '@nexttoken/model';

/** The hidden states of all layers and positions, as a copy. @throws NextTokenError `unsupported-capability` */
export async function captureHiddenStates(
  source: LanguageModel | Session,
  ids: ArrayLike<number>,
  signal: AbortSignal | undefined,
): Promise<HiddenStates> {
  const isModel = 'createSession' in source;
  if (isModel && !source.capabilities.hiddenStates) {
    const message = `logitLens: this model on this backend does not give its hidden states out`;
    throw new NextTokenError('unsupported-capability', message, { capability: 'hiddenStates' });
  }
  const session = isModel ? await source.createSession() : source;
  try {
    const options = { logits: 'none', capture: { hiddenStates: true }, signal } as const;
    const { hiddenStates } = await session.forward([ids], options);
    const states = hiddenStates![0]!;
    return { ...states, data: states.data.slice() };
  } finally {
    if (isModel) await session.dispose();
  }
}
