/** What a piece is for, as the file numbers it. */
export const pieceType = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;

/** How pieces are found in a text, as the file numbers it. */
export const modelType = { unigram: 1, bpe: 2, word: 3, char: 4 } as const;

export interface SentencePiece {
  readonly piece: string;
  readonly score: number;
  readonly type: number;
}

/** The parts of `tokenizer.model` that encoding and decoding use; what the file leaves out has its default. */
export interface SentencePieceModel {
  readonly pieces: readonly SentencePiece[];
  readonly trainer: {
    readonly modelType: number;
    readonly byteFallback: boolean;
    readonly whitespaceAsSuffix: boolean;
    /** Whether a run of spaces is one word (model type `word`). */
    readonly whitespaceOnlyPieces: boolean;
    /** What the unknown token decodes to. */
    readonly unknownSurface: string;
    readonly bosPiece: string;
    readonly eosPiece: string;
    readonly padPiece: string;
  };
  readonly normalizer: {
    readonly name: string;
    /** Compiled replacement rules; empty where there are none. */
    readonly charsmap: Uint8Array;
    readonly addDummyPrefix: boolean;
    readonly removeExtraWhitespaces: boolean;
    readonly escapeWhitespaces: boolean;
  };
  /** Rules for decoding; not supported, empty where there are none. */
  readonly denormalizerCharsmap: Uint8Array;
}
