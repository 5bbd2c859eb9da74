import type { TracePiece, TraceStep, TraceToken, TraceWord } from '@nexttoken/model';
import type { PieceStage } from '../pre-tokenizers/pre-tokenizer';
import { type AlignedText, originalRange, sliceAligned } from '../text/aligned-text';
import { createIntBuffer } from '../text/int-buffer';
import type { FindAddedTokens } from '../tokenizer-json/added-token-splitter';
import { pushOffsets } from './push-offsets';
import type { TextPipeline } from './text-pipeline';

interface Piece {
  readonly aligned: AlignedText;
  readonly id?: number;
}

/**
 * Runs the pipeline step by step, all of the text at once, and notes what every step leaves. The words of the
 * model are shown as it reads them: a byte-level one in the byte-level alphabet.
 */
export function tracePipeline(
  pipeline: TextPipeline,
  text: string,
  tokenOf: (id: number) => string,
): { steps: TraceStep[]; tokens: TraceToken[] } {
  const steps: TraceStep[] = [];
  let pieces: Piece[] = [{ aligned: { text, base: 0, tracked: true } }];
  const show = (): TracePiece[] => pieces.map(showPiece);
  const each = (step: (aligned: AlignedText) => Piece[]) => {
    pieces = pieces.flatMap((piece) => (piece.id === undefined ? step(piece.aligned) : [piece]));
  };

  each((aligned) => splitTokens(aligned, pipeline.findRaw));
  steps.push({ step: 'added-tokens', normalized: false, pieces: show() });
  for (const { type, normalize } of pipeline.normalizers) {
    each((aligned) => [{ aligned: normalize(aligned) }]);
    steps.push({ step: 'normalizer', type, pieces: show() });
  }
  each((aligned) => splitTokens(aligned, pipeline.findNormalized));
  if (pipeline.normalizers.length > 0) steps.push({ step: 'added-tokens', normalized: true, pieces: show() });
  for (const { type, stages } of pipeline.preTokenizers) {
    // What the model sees may be the text itself; people see the spelling.
    const unspelled = pieces;
    for (const stage of stages) {
      if (pipeline.stages.includes(stage)) each((aligned) => runStage(stage, aligned));
    }
    const seen = pieces;
    pieces = unspelled;
    for (const stage of stages) each((aligned) => runStage(stage, aligned));
    steps.push({ step: 'pre-tokenizer', type, pieces: show() });
    pieces = seen;
  }
  const words = pieces
    .filter((piece) => piece.id !== undefined || piece.aligned.text !== '')
    .map((piece) => traceWord(pipeline, piece, tokenOf));
  steps.push({ step: 'model', type: pipeline.model.type, words });
  return { steps, tokens: words.flatMap((word) => word.tokens) };
}

function showPiece({ aligned, id }: Piece): TracePiece {
  const offset = originalRange(aligned, 0, aligned.text.length);
  return id === undefined ? { text: aligned.text, offset } : { text: aligned.text, offset, id };
}

function splitTokens(aligned: AlignedText, find: FindAddedTokens): Piece[] {
  return find(aligned.text).map(({ start, end, token }) => {
    const piece = sliceAligned(aligned, start, end);
    return token ? { aligned: piece, id: token.id } : { aligned: piece };
  });
}

function runStage(stage: PieceStage, aligned: AlignedText): Piece[] {
  if (stage.rewrite) return [{ aligned: stage.rewrite(aligned) }];
  const pieces: Piece[] = [];
  stage.cut(aligned.text, 0, aligned.text.length, (start, end) => {
    pieces.push({ aligned: sliceAligned(aligned, start, end) });
  });
  return pieces;
}

function traceWord({ model }: TextPipeline, piece: Piece, tokenOf: (id: number) => string): TraceWord {
  const shown = showPiece(piece);
  if (piece.id !== undefined) {
    return { ...shown, tokens: [{ id: piece.id, token: tokenOf(piece.id), offset: shown.offset }] };
  }
  const [ids, lengths, offsets] = [createIntBuffer(), createIntBuffer(), createIntBuffer()];
  const { text } = piece.aligned;
  model.encode(text, 0, text.length, ids, lengths);
  pushOffsets(piece.aligned, 0, text.length, lengths, offsets);
  const tokens = Array.from(ids.data.subarray(0, ids.length), (id, index) => ({
    id,
    token: tokenOf(id),
    offset: [offsets.data[2 * index]!, offsets.data[2 * index + 1]!] as const,
  }));
  return { ...shown, ...model.explain(text), tokens };
}
