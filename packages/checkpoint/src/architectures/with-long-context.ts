import { NextTokenError } from '@nexttoken/model';
import type { Checkpoint } from '../checkpoint/checkpoint';

/**
 * The same checkpoint for texts beyond the original context of LongRoPE (Phi-3's 128k models): its long factors are in
 * force at every position, as Hugging Face computes a text that is longer than the original context, and
 * `contextLength` is the whole one. Shorter texts then come out a little different; without this the short factors
 * hold and the context ends where they do. A graph has one set or the other: keys in its cache are turned by it.
 * @throws NextTokenError `unsupported-option` where the model has no long factors
 */
export function withLongContext(checkpoint: Checkpoint): Checkpoint {
  const { architecture } = checkpoint;
  const { rope } = architecture;
  const scaling = rope?.scaling;
  if (!rope || scaling?.type !== 'longrope' || !scaling.long)
    throw new NextTokenError(
      'unsupported-option',
      `${checkpoint.name}: ${architecture.family} has no rotary factors for longer texts`,
      { option: 'withLongContext', path: checkpoint.name },
    );
  const { factors, contextLength } = scaling.long;
  return {
    ...checkpoint,
    architecture: {
      ...architecture,
      contextLength,
      rope: { ...rope, scaling: { ...scaling, factors, long: null } },
    },
  };
}
