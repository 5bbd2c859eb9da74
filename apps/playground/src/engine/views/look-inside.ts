import {
  type AttentionHeadView,
  type AttentionOverview,
  attentionHead,
  attentionOverview,
  type LensGrid,
  logitLens,
} from '@nexttoken/inspector';
import { chosenChain } from '../chosen-chain';
import type { Inside } from '../inside/inside';
import type { Choosing } from '../protocol';
import type { AttentionRequest } from './view-protocol';

/** Multiplications of one grid: some seconds. Of a large model the last positions are shown. */
const mostWork = 6e9;

/** What each layer would say at the last positions, of a small model at all. */
export async function lensOf(
  inside: Inside,
  ids: readonly number[],
  { settings }: Choosing,
  signal: AbortSignal,
  emit: (progress: { readonly done: number; readonly total: number }) => void,
): Promise<LensGrid> {
  const { model, tokenizer } = inside.open.loaded;
  // What the text has to keep to holds behind the prompt alone, not at each position.
  const { processors } = chosenChain({ settings });
  const head = await inside.head();
  const { layerCount } = (await inside.checkpoint()).architecture;
  const columns = Math.max(1, Math.floor(mostWork / ((layerCount + 1) * head.vocabSize * head.width)));
  const first = Math.max(0, ids.length - columns);
  return logitLens(model, ids, head, tokenizer, {
    positions: Array.from({ length: ids.length - first }, (_, index) => first + index),
    top: 5,
    signal,
    onProgress: emit,
    ...(processors.requires === undefined && { processors }),
  });
}

/** One head, and all of them in small. Another head of the same text costs no forward pass. */
export async function attentionOf(
  inside: Inside,
  { ids, layer, head, mass, ignoreFirst, isSure }: AttentionRequest,
): Promise<{ readonly overview: AttentionOverview; readonly head: AttentionHeadView }> {
  const { tokenizer } = inside.open.loaded;
  const patterns = await inside.patterns(ids, isSure);
  return {
    overview: attentionOverview(patterns, { ignoreFirst }),
    head: attentionHead(patterns, { ids, tokenizer, ignoreFirst, layer, head, mass }),
  };
}
