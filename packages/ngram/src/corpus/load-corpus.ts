import { invalidParameter } from '@nexttoken/model';
import { type CorpusBuilder, type CorpusOptions, createCorpusBuilder } from './corpus-builder';
import type { NgramCorpus } from './ngram-corpus';

/** One piece of a corpus: text or UTF-8 bytes, cut anywhere, or one sentence as tokens. */
export type CorpusPiece = string | Uint8Array | readonly string[];

/** A text, UTF-8 bytes, a file of a browser, or pieces of them one after the other. */
export type CorpusSource =
  | string
  | Uint8Array
  | Blob
  | Iterable<CorpusPiece>
  | AsyncIterable<CorpusPiece>
  | ReadableStream<CorpusPiece>;

export interface LoadProgress {
  /** Tokens and borders so far. */
  readonly tokens: number;
  /** Bytes (of text: UTF-16 units) so far. */
  readonly read: number;
}

export interface LoadCorpusOptions extends CorpusOptions {
  readonly signal?: AbortSignal;
  /** Called after every piece. */
  readonly onProgress?: (progress: LoadProgress) => void;
}

/**
 * Reads a corpus: every line is a sentence, words end at white space (or as the tokenizer says); pieces that are lists are
 * sentences as they stand. Rejects with the signal's reason when aborted between two pieces.
 *
 * @throws NextTokenError as {@link createCorpusBuilder} and its methods; `invalid-parameter` for a piece of another type
 */
export async function loadCorpus(
  source: CorpusSource,
  options: LoadCorpusOptions = {},
): Promise<NgramCorpus> {
  const { signal, onProgress, ...corpusOptions } = options;
  const builder = createCorpusBuilder(corpusOptions);
  const pieces = new PieceReader(builder, corpusOptions.tokenizer === undefined);
  let read = 0;
  for await (const piece of piecesOf(source)) {
    signal?.throwIfAborted();
    pieces.push(piece);
    read += piece.length;
    onProgress?.({ tokens: builder.length, read });
  }
  pieces.end();
  return builder.finish();
}

function piecesOf(source: CorpusSource): Iterable<CorpusPiece> | AsyncIterable<CorpusPiece> {
  if (typeof source === 'string' || source instanceof Uint8Array) return [source];
  if (source instanceof Blob) return streamPieces(source.stream());
  if (typeof source === 'object' && source !== null) {
    if (Symbol.asyncIterator in source || Symbol.iterator in source) return source;
    if ('getReader' in source) return streamPieces(source);
  }
  throw invalidParameter('loadCorpus', 'source', source, 'a text, bytes, a Blob, or an iterable of pieces');
}

/** Not every browser's stream is an async iterable. */
async function* streamPieces(stream: ReadableStream<CorpusPiece>): AsyncGenerator<CorpusPiece> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}

/** Puts lines together again. Bytes of words go to the builder as they are; for a tokenizer they become text first. */
class PieceReader {
  #line = '';
  #decoder: TextDecoder | undefined;

  constructor(
    readonly builder: CorpusBuilder,
    readonly takesBytes: boolean,
  ) {}

  push(piece: CorpusPiece): void {
    if (typeof piece === 'string') this.#text(piece);
    else if (piece instanceof Uint8Array) this.#bytes(piece);
    else if (Array.isArray(piece)) {
      this.end();
      this.builder.addSentence(piece);
    } else throw invalidParameter('loadCorpus', 'piece', piece, 'a string, a Uint8Array or a list of tokens');
  }

  end(): void {
    const rest = this.#line + (this.#decoder?.decode() ?? '');
    this.#decoder = undefined;
    this.#line = '';
    this.builder.addText(rest);
  }

  #bytes(piece: Uint8Array): void {
    if (this.takesBytes) this.builder.addBytes(piece);
    else {
      this.#decoder ??= new TextDecoder();
      this.#text(this.#decoder.decode(piece, { stream: true }));
    }
  }

  #text(piece: string): void {
    const end = piece.lastIndexOf('\n') + 1;
    if (end === 0) {
      this.#line += piece;
      return;
    }
    this.builder.addText(this.#line + piece.slice(0, end));
    this.#line = piece.slice(end);
  }
}
