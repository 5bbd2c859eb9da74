import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { NextTokenError } from '@nexttoken/model';
import { invalidModel } from './invalid-model';
import { modelType, pieceType, type SentencePiece, type SentencePieceModel } from './sentencepiece-model';

/** Reads the field; false where it is unknown and to be skipped. */
type FieldReader = (field: number, reader: BinaryReader, wireType: WireType) => boolean;

/**
 * Reads SentencePiece's `ModelProto`.
 * @throws NextTokenError `invalid-file` for bytes that are no such message
 * Source: sentencepiece_model.proto. Cost: O(bytes).
 */
export function readSentencePieceModel(bytes: Uint8Array): SentencePieceModel {
  const pieces: SentencePiece[] = [];
  const trainer = {
    modelType: modelType.unigram as number,
    byteFallback: false,
    whitespaceAsSuffix: false,
    whitespaceOnlyPieces: false,
    unknownSurface: ' \u2047 ',
    bosPiece: '<s>',
    eosPiece: '</s>',
    padPiece: '<pad>',
  };
  const normalizer = {
    name: '',
    charsmap: new Uint8Array(0),
    addDummyPrefix: true,
    removeExtraWhitespaces: true,
    escapeWhitespaces: true,
  };
  let denormalizerCharsmap = new Uint8Array(0);
  const flag = (reader: BinaryReader) => reader.bool();

  try {
    readMessage(new BinaryReader(bytes), (field, reader, wireType) => {
      if (wireType !== WireType.LengthDelimited || ![1, 2, 3, 5].includes(field)) return false;
      const part = new BinaryReader(reader.bytes());
      if (field === 1) pieces.push(readPiece(part));
      if (field === 2) readMessage(part, trainerField);
      if (field === 3) readMessage(part, normalizerField);
      if (field === 5) {
        readMessage(part, (inner, from, type) => {
          if (inner !== 2 || type !== WireType.LengthDelimited) return false;
          denormalizerCharsmap = Uint8Array.from(from.bytes());
          return true;
        });
      }
      return true;
    });
  } catch (cause) {
    if (NextTokenError.isInstance(cause)) throw cause;
    throw invalidModel('it is no SentencePiece model', {}, cause);
  }
  if (pieces.length === 0) throw invalidModel('it has no pieces');
  return { pieces, trainer, normalizer, denormalizerCharsmap };

  function trainerField(field: number, reader: BinaryReader, wireType: WireType): boolean {
    if (wireType === WireType.Varint) {
      if (field === 3) trainer.modelType = reader.int32();
      else if (field === 24) trainer.whitespaceAsSuffix = flag(reader);
      else if (field === 26) trainer.whitespaceOnlyPieces = flag(reader);
      else if (field === 35) trainer.byteFallback = flag(reader);
      else return false;
      return true;
    }
    if (wireType !== WireType.LengthDelimited) return false;
    if (field === 44) trainer.unknownSurface = readText(reader);
    else if (field === 46) trainer.bosPiece = readText(reader);
    else if (field === 47) trainer.eosPiece = readText(reader);
    else if (field === 48) trainer.padPiece = readText(reader);
    else return false;
    return true;
  }

  function normalizerField(field: number, reader: BinaryReader, wireType: WireType): boolean {
    if (wireType === WireType.LengthDelimited && field === 1) normalizer.name = readText(reader);
    else if (wireType === WireType.LengthDelimited && field === 2)
      normalizer.charsmap = Uint8Array.from(reader.bytes());
    else if (wireType !== WireType.Varint) return false;
    else if (field === 3) normalizer.addDummyPrefix = flag(reader);
    else if (field === 4) normalizer.removeExtraWhitespaces = flag(reader);
    else if (field === 5) normalizer.escapeWhitespaces = flag(reader);
    else return false;
    return true;
  }
}

function readMessage(reader: BinaryReader, read: FieldReader): void {
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (!read(field, reader, wireType)) reader.skip(wireType, field);
  }
}

function readPiece(message: BinaryReader): SentencePiece {
  let piece = '';
  let score = 0;
  let type: number = pieceType.normal;
  readMessage(message, (field, reader, wireType) => {
    if (field === 1 && wireType === WireType.LengthDelimited) piece = readText(reader);
    else if (field === 2 && wireType === WireType.Bit32) score = reader.float();
    else if (field === 3 && wireType === WireType.Varint) type = reader.int32();
    else return false;
    return true;
  });
  return { piece, score, type };
}

function readText(reader: BinaryReader): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(reader.bytes());
}
