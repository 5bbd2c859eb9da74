import { decodeUtf8 } from '../bytes/utf8';
import { createUtf8Validator } from '../bytes/utf8-validator';
import type { DecodingPlan } from '../decoding/decoding-stage';
import { spaceMark } from './normalizer';
import { pieceType, type SentencePieceModel } from './sentencepiece-model';

/**
 * SentencePiece's decoding: `▁` is a space, except at the start, where the normalizer put it; a byte that is no part
 * of a character is U+FFFD; the unknown token is its surface. Control tokens are their name here, so that they can be
 * seen; they are special, and skipped as such.
 */
export function sentencePiecePlan(model: SentencePieceModel): DecodingPlan {
  const { addDummyPrefix, removeExtraWhitespaces } = model.normalizer;
  const types = new Map(model.pieces.map(({ piece, type }) => [piece, type]));
  const textOf = (piece: string) => piece.split(spaceMark).join(' ');
  const unknown = (piece: string) => types.get(piece) === pieceType.unknown;
  const byteOf = (piece: string) =>
    types.get(piece) === pieceType.byte ? Number.parseInt(piece.slice(3, 5), 16) : undefined;
  return {
    create() {
      const bytes = createByteRun();
      let isStart = true;
      let isStripped = false;
      return {
        push(piece) {
          const byte = byteOf(piece);
          if (byte !== undefined) {
            const text = bytes.push(byte);
            if (text !== '') isStart = false;
            return text === '' ? [] : [text];
          }
          const rest = bytes.end();
          if (isStripped || rest !== '') isStart = false;
          const type = types.get(piece);
          if (type === pieceType.control) return [rest + piece];
          let text = unknown(piece) ? model.trainer.unknownSurface : piece;
          if (!unknown(piece)) {
            const strip =
              isStart && (addDummyPrefix || removeExtraWhitespaces) && piece.startsWith(spaceMark);
            isStripped = strip && !removeExtraWhitespaces;
            text = textOf(strip ? piece.slice(spaceMark.length) : piece);
          } else isStripped = false;
          if (text !== '') isStart = false;
          return rest + text === '' ? [] : [rest + text];
        },
        flush() {
          const rest = bytes.end();
          isStart = true;
          isStripped = false;
          return rest === '' ? [] : [rest];
        },
      };
    },
    fuses: true,
    middle(piece) {
      const byte = byteOf(piece);
      if (byte !== undefined) return Uint8Array.of(byte);
      return unknown(piece) ? model.trainer.unknownSurface : textOf(piece);
    },
  };
}

/** Bytes in, characters out; every byte that can be no part of one is U+FFFD by itself. */
function createByteRun() {
  let held: number[] = [];
  /** What is certain of `held`, from its front; all of it when the run ends. */
  const take = (ends: boolean): string => {
    let text = '';
    while (held.length > 0) {
      const validator = createUtf8Validator();
      let length = 0;
      let isValid = true;
      while (length < held.length) {
        isValid = validator.push(held[length]!);
        length += 1;
        if (!isValid || validator.complete) break;
      }
      if (isValid && validator.complete) {
        text += decodeUtf8(Uint8Array.from(held.slice(0, length)));
        held = held.slice(length);
      } else if (!isValid || ends) {
        text += '\uFFFD';
        held = held.slice(1);
      } else break;
    }
    return text;
  };
  return {
    push(byte: number): string {
      held.push(byte);
      return take(false);
    },
    end: (): string => take(true),
  };
}
