import { NextTokenError } from '@nexttoken/model';
import { readSpelling, spellBytes } from '../bytes/byte-alphabet';
import { createByteTable } from '../bytes/byte-table';
import { byteWordModel } from '../models/byte-word-model';
import { characterPairModel } from '../models/character-pair-model';
import { unigramModel } from '../models/unigram-model';
import { wordLevelModel } from '../models/word-level-model';
import type { WordModel } from '../models/word-model';
import { wordPieceModel } from '../models/word-piece-model';
import type { JsonPart } from './read-json';
import { readMergeOrder } from './read-merge-order';
import type { ModelVocabulary } from './read-vocabulary';

/** The bytes that UTF-8 has. */
const utf8Bytes = Array.from({ length: 0xf5 }, (_, byte) => byte).filter(
  (byte) => byte !== 0xc0 && byte !== 0xc1,
);

/** A model, and whether its words are text itself in place of text spelled in the byte-level alphabet. */
export interface ReadModel {
  readonly model: WordModel;
  readonly overBytes: boolean;
}

/**
 * Reads the `model` of tokenizer.json.
 * @param spelled whether the last step before it spells words in the byte-level alphabet
 */
export function readModel(config: JsonPart, vocabulary: ModelVocabulary, spelled: boolean): ReadModel {
  const type = modelType(config);
  const { idOf } = vocabulary;
  const unknownToken = config.string('unk_token', '');
  const unknown = unknownToken === '' ? undefined : idOf.get(unknownToken);
  const over = (model: WordModel) => ({ model, overBytes: false });
  switch (type) {
    case 'WordLevel':
      return over(wordLevelModel(idOf, unknown));
    case 'WordPiece': {
      const prefix = config.string('continuing_subword_prefix', '##');
      const maxCharacters = config.number('max_input_chars_per_word', 100);
      return over(wordPieceModel({ idOf, unknown, prefix, maxCharacters }));
    }
    case 'Unigram':
      return over(
        unigramModel({
          idOf,
          scores: readScores(config),
          unknown: readUnknownId(config, vocabulary),
          byteFallback: config.flag('byte_fallback', false),
        }),
      );
    case 'BPE':
      return readBytePair(config, vocabulary, unknown, spelled);
    default:
      throw config.error('type', `is a model that is not supported: ${type}`);
  }
}

/** Files written before the type was noted tell it by what they hold. */
function modelType(config: JsonPart): string {
  if (typeof config.value.type === 'string') return config.value.type;
  if (Array.isArray(config.value.vocab)) return 'Unigram';
  if (Array.isArray(config.value.merges)) return 'BPE';
  return typeof config.value.continuing_subword_prefix === 'string' ? 'WordPiece' : 'WordLevel';
}

function readBytePair(
  config: JsonPart,
  vocabulary: ModelVocabulary,
  unknown: number | undefined,
  spelled: boolean,
): ReadModel {
  if ((config.value.dropout ?? 0) !== 0) {
    const details = { option: 'dropout', path: 'tokenizer.json', value: config.value.dropout };
    throw new NextTokenError('unsupported-option', 'tokenizer.json: model.dropout is not supported', details);
  }
  const { idOf } = vocabulary;
  const tokenOf = (id: number) => vocabulary.tokenOf[id]!;
  const prefix = config.string('continuing_subword_prefix', '');
  const suffix = config.string('end_of_word_suffix', '');
  const wholeWords = config.flag('ignore_merges', false);
  const order = readMergeOrder(config, vocabulary, prefix);
  const byteIds = Int32Array.from({ length: 256 }, (_, byte) => idOf.get(spellBytes([byte])) ?? -1);
  // Without an unknown token, what the vocabulary cannot spell is left out.
  const drops = unknown === undefined && !config.flag('byte_fallback', false);
  if (
    spelled &&
    prefix === '' &&
    suffix === '' &&
    (drops || utf8Bytes.every((byte) => byteIds[byte] !== -1))
  ) {
    const byteLength = (id: number) => tokenOf(id).length;
    const wholeWord = wholeWords ? byteFinder(vocabulary) : undefined;
    const model = byteWordModel({ byteIds, order: () => order, wholeWord, tokenOf, byteLength });
    return { model, overBytes: true };
  }
  const model = characterPairModel({
    idOf,
    tokenOf,
    order,
    prefix,
    suffix,
    wholeWords,
    byteFallback: config.flag('byte_fallback', false),
    unknown,
    fuseUnknown: config.flag('fuse_unk', false),
  });
  return { model, overBytes: false };
}

/** Finds the token that is spelled as the bytes are. */
function byteFinder({ tokenOf }: ModelVocabulary): (bytes: Uint8Array, length: number) => number {
  const spellings = Array.from(tokenOf, (token) => (token === undefined ? undefined : readSpelling(token)));
  const starts = new Int32Array(spellings.length + 1);
  spellings.forEach((bytes, id) => {
    starts[id + 1] = starts[id]! + (bytes?.length ?? 0);
  });
  const arena = new Uint8Array(starts[spellings.length]!);
  spellings.forEach((bytes, id) => {
    if (bytes !== undefined) arena.set(bytes, starts[id]!);
  });
  const table = createByteTable(arena, starts);
  return (bytes, length) => table.find(bytes, 0, length);
}

function readScores(config: JsonPart): number[] {
  return (config.value.vocab as [string, number][]).map(([, score]) => score);
}

function readUnknownId(config: JsonPart, vocabulary: ModelVocabulary): number | undefined {
  const id = config.value.unk_id ?? undefined;
  if (id === undefined) return undefined;
  if (typeof id !== 'number' || vocabulary.tokenOf[id] === undefined) {
    throw config.error('unk_id', `is no token: ${JSON.stringify(id)}`);
  }
  return id;
}
