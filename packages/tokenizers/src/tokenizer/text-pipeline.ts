import type { WordModel } from '../models/word-model';
import type { Normalizer } from '../normalizers/normalizer';
import type { PieceStage, PreTokenizer } from '../pre-tokenizers/pre-tokenizer';
import { type AlignedText, originalRange, sliceAligned } from '../text/aligned-text';
import { type IntBuffer, pushInt } from '../text/int-buffer';
import type { FindAddedTokens } from '../tokenizer-json/added-token-splitter';
import { pushOffsets } from './push-offsets';

/** From a text to ids: what stands between the added tokens of the raw text and the post-processor. */
export interface TextPipeline {
  /** Added tokens of the text as it comes. */
  readonly findRaw: FindAddedTokens;
  readonly normalizers: readonly Normalizer[];
  /** Added tokens of the normalized text. */
  readonly findNormalized: FindAddedTokens;
  readonly preTokenizers: readonly PreTokenizer[];
  /** The stages of the pre-tokenizers; the last one may be left out, for a model that reads text itself. */
  readonly stages: readonly PieceStage[];
  readonly model: WordModel;
}

/**
 * Runs the pipeline over a text.
 * @param offsets where asked for: start and end of each token, in units of the text
 */
export function runPipeline(pipeline: TextPipeline, text: string, ids: IntBuffer, offsets?: IntBuffer): void {
  const { findRaw, normalizers, findNormalized, stages, model } = pipeline;
  const positional = normalizers.length > 0 && stages.some((stage) => stage.rewrite && stage.positional);
  const tracked = offsets !== undefined || positional;
  const lengths: IntBuffer | undefined = offsets && { data: new Int32Array(16), length: 0 };

  const encodeWord = (aligned: AlignedText, start: number, end: number) => {
    model.encode(aligned.text, start, end, ids, lengths);
    if (offsets && lengths) {
      pushOffsets(aligned, start, end, lengths, offsets);
      lengths.length = 0;
    }
  };
  const runFrom = (index: number, aligned: AlignedText, start: number, end: number): void => {
    if (start === end) return;
    const stage = stages[index];
    if (stage === undefined) encodeWord(aligned, start, end);
    else if (stage.cut) {
      const last = index + 1 === stages.length;
      stage.cut(
        aligned.text,
        start,
        end,
        last
          ? (from, to) => encodeWord(aligned, from, to)
          : (from, to) => runFrom(index + 1, aligned, from, to),
      );
    } else {
      const rewritten = stage.rewrite(sliceAligned(aligned, start, end));
      runFrom(index + 1, rewritten, 0, rewritten.text.length);
    }
  };
  const pushToken = (id: number, start: number, end: number) => {
    pushInt(ids, id);
    if (!offsets) return;
    pushInt(offsets, start);
    pushInt(offsets, end);
  };
  for (const { start, end, token } of findRaw(text)) {
    if (token) {
      pushToken(token.id, start, end);
      continue;
    }
    let aligned: AlignedText = { text: text.slice(start, end), base: start, tracked };
    for (const normalizer of normalizers) aligned = normalizer.normalize(aligned);
    for (const part of findNormalized(aligned.text)) {
      if (part.token) {
        pushToken(part.token.id, ...originalRange(aligned, part.start, part.end));
      } else runFrom(0, aligned, part.start, part.end);
    }
  }
}
