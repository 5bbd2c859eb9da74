import { replace } from '../normalizers/replace';
import { type AlignedText, startOf } from '../text/aligned-text';
import { prependText } from '../text/prepend-text';
import { cutByMatches } from './cut-by-matches';
import { findString } from './find-pattern';
import type { PieceStage } from './pre-tokenizer';

export interface MetaspaceSettings {
  /** What stands for a space, e.g. `▁`. */
  readonly mark: string;
  /** Whether a mark is put in front of every piece, of the text's first one, or of none. */
  readonly prepend: 'always' | 'first' | 'never';
  /** Whether every mark begins a word. */
  readonly split: boolean;
}

/** SentencePiece's way with spaces: a mark for each, one in front, words that begin with it. */
export function metaspaceStages({ mark, prepend, split }: MetaspaceSettings): PieceStage[] {
  const marked = replace(' ', mark).normalize;
  const rewrite = (piece: AlignedText): AlignedText => {
    const aligned = marked(piece);
    if (prepend === 'never' || aligned.text.startsWith(mark)) return aligned;
    return prepend === 'always' || startsTheText(piece) ? prependText(aligned, mark) : aligned;
  };
  const marking = { rewrite, positional: prepend === 'first' };
  if (!split) return [marking];
  return [marking, { cut: cutByMatches(findString(mark), 'MergedWithNext', false) }];
}

function startsTheText(piece: AlignedText): boolean {
  return piece.text !== '' && startOf(piece, 0) === 0;
}
