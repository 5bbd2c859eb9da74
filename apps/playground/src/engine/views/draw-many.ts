import { type DrawHistogram, drawHistogram } from '@nexttoken/inspector';
import { choose } from '../choose';
import { readyChoosing } from '../constraint/make-constraint';
import type { OpenModel } from '../open-model';
import { memoryAt } from '../step-memory';
import type { DrawsRequest } from './view-protocol';

/** Draws many times from the next row, as the settings leave it: the model is not asked again. */
export async function drawMany(
  open: OpenModel,
  { count, seed, top, ...asked }: DrawsRequest,
  signal: AbortSignal,
): Promise<DrawHistogram> {
  const request = await readyChoosing(open, asked);
  const row = await open.rows.rowOf(request.ids, signal);
  const { scores } = choose(row, request, request, await memoryAt(open.rows, request, request));
  return drawHistogram(scores, { count, seed, top, tokenizer: open.loaded.tokenizer });
}
