import type { TokenOffset } from '@nexttoken/model';
import { createIntBuffer, type IntBuffer, intsOf } from '../text/int-buffer';
import { runPipeline, type TextPipeline } from './text-pipeline';

/** Ids of a text by a pipeline: one token to about four units of text is what the buffer starts from. */
export function pipelineIds(pipeline: TextPipeline, text: string, ids?: IntBuffer): IntBuffer {
  const buffer = ids ?? createIntBuffer(16 + (text.length >> 2));
  runPipeline(pipeline, text, buffer);
  return buffer;
}

/** Start and end of each token, in a row. */
export function pipelineOffsets(
  pipeline: TextPipeline,
  text: string,
): { ids: Int32Array; offsets: Int32Array } {
  const ids = createIntBuffer();
  const offsets = createIntBuffer();
  runPipeline(pipeline, text, ids, offsets);
  return { ids: intsOf(ids), offsets: intsOf(offsets) };
}

export function toPairs(offsets: Int32Array): TokenOffset[] {
  return Array.from(
    { length: offsets.length / 2 },
    (_, i) => [offsets[2 * i]!, offsets[2 * i + 1]!] as const,
  );
}
