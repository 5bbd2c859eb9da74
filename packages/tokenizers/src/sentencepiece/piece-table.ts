import { createTrie, type Trie } from '../models/trie';
import { invalidModel } from './invalid-model';
import { pieceType, type SentencePieceModel } from './sentencepiece-model';

/** The pieces of a model, looked up in every way that encoding needs. */
export interface PieceTable {
  readonly model: SentencePieceModel;
  /** Ids of pieces that texts are cut into: normal, user-defined and unused ones. */
  readonly textPieces: ReadonlyMap<string, number>;
  readonly unknownId: number;
  /** Ids of the 256 bytes; absent without byte fallback. */
  readonly byteIds?: Int32Array;
  /** The user-defined symbols; absent where there are none. */
  readonly userDefined?: Trie;
  score(id: number): number;
  type(id: number): number;
}

const textTypes: ReadonlySet<number> = new Set([pieceType.normal, pieceType.userDefined, pieceType.unused]);

/** @throws NextTokenError `invalid-file` for pieces that contradict each other */
export function createPieceTable(model: SentencePieceModel): PieceTable {
  const { pieces, trainer } = model;
  const textPieces = new Map<string, number>();
  const others = new Set<string>();
  const userDefined: [string, number][] = [];
  const byteIds = new Int32Array(256).fill(-1);
  let unknownId = -1;
  pieces.forEach(({ piece, type, score }, id) => {
    const fail = (problem: string) => invalidModel(`piece ${id} ${problem}`, { piece, id });
    if (piece === '') throw fail('is empty');
    if (piece.includes('\0')) throw fail('holds a NUL');
    if (!Number.isFinite(score)) throw fail('has no finite score');
    if (type < 1 || type > 6) throw fail(`is of the unknown type ${type}`);
    const isText = textTypes.has(type);
    if (textPieces.has(piece) || others.has(piece)) throw fail(`(${piece}) is there twice`);
    if (isText) textPieces.set(piece, id);
    else others.add(piece);
    if (type === pieceType.userDefined) userDefined.push([piece, id]);
    if (type === pieceType.unknown) {
      if (unknownId !== -1) throw fail('is a second unknown token');
      unknownId = id;
    }
    if (type === pieceType.byte) {
      if (!/^<0x[0-9A-F]{2}>$/.test(piece)) throw fail(`(${piece}) is no byte`);
      if (!trainer.byteFallback) throw fail('is a byte, and the model has no byte fallback');
      byteIds[Number.parseInt(piece.slice(3, 5), 16)] = id;
    }
  });
  if (unknownId === -1) throw invalidModel('it has no unknown token');
  const missing = byteIds.indexOf(-1);
  if (trainer.byteFallback && missing !== -1)
    throw invalidModel(`it has no piece for the byte ${missing}`, { byte: missing });
  return {
    model,
    textPieces,
    unknownId,
    ...(trainer.byteFallback && { byteIds }),
    ...(userDefined.length > 0 && { userDefined: createTrie(new Map(userDefined)) }),
    score: (id) => pieces[id]!.score,
    type: (id) => pieces[id]!.type,
  };
}
