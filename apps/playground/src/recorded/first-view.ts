import type { Shaped } from '../engine/protocol';
import type { Prompt } from '../tree/token-tree';
import recorded from './first-view.json';

/** What the page shows until a model is live: the embedded model's own answer, recorded. */
export const firstView: { readonly prompt: Prompt; readonly shaped: Shaped } = {
  prompt: recorded.prompt,
  shaped: {
    ...(recorded.shaped as unknown as Omit<Shaped, 'reading'>),
    reading: {
      ...(recorded.shaped.reading as unknown as Shaped['reading']),
      scores: new Float32Array(),
      removedBy: new Uint16Array(),
    },
  },
};
