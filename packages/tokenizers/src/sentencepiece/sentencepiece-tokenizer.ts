import {
  checkOptionNames,
  invalidParameter,
  NextTokenError,
  type SpecialTokens,
  type TokenOffset,
  type TraceMerge,
  type TraceStep,
  type TraceToken,
} from '@nexttoken/model';
import { assembleTokenizer } from '../tokenizer/assemble-tokenizer';
import { listVocabulary } from '../tokenizer/token-vocabulary';
import type { TracingTokenizer } from '../tokenizer/tracing-tokenizer';
import { createBytePairSegmenter } from './byte-pair-segmenter';
import { sentencePiecePlan } from './decoding-plan';
import { invalidModel } from './invalid-model';
import { createNormalizer } from './normalizer';
import { createPieceTable, type PieceTable } from './piece-table';
import { idsOf, offsetsOf } from './pieces-to-tokens';
import { readSentencePieceModel } from './read-model';
import type { Segmenter } from './segmentation';
import { modelType, pieceType, type SentencePieceModel } from './sentencepiece-model';
import { createCharSegmenter, createWordSegmenter } from './simple-segmenters';
import { createUnigramSegmenter } from './unigram-segmenter';
import { wordByWord } from './word-by-word';

export interface SentencePieceOptions {
  /** Whether encoding puts the beginning-of-text token in front; default false, as SentencePiece itself. */
  readonly addBos?: boolean;
  /** Whether encoding puts the end-of-text token behind; default false. */
  readonly addEos?: boolean;
}

/**
 * Makes a tokenizer from a SentencePiece `tokenizer.model` (`spiece.model`): ids, pieces and decoded text are those of
 * Google's library, for unigram, BPE, word and char models, with byte fallback, user-defined symbols and compiled
 * normalization rules.
 *
 * Names of control tokens in a text are ordinary text. Decoding writes control tokens by name unless special tokens
 * are skipped; the unknown token is no special one, it decodes to the model's surface for it (` ⁇ `). All tokens of
 * one character's bytes have its whole range as offset.
 *
 * @param bytes the file; not to be changed afterwards
 * @throws NextTokenError `invalid-file` naming what is wrong; `unsupported-option` for denormalization rules;
 *   `invalid-config` where a token is to be added that the model lacks
 * Source: Kudo and Richardson 2018 (arXiv:1808.06226).
 * Cost: O(pieces) to make; encoding O(n · longest piece) for unigram, O(n log n) for BPE, per word where it can be.
 */
export function sentencePieceTokenizer(
  bytes: Uint8Array,
  options: SentencePieceOptions = {},
): TracingTokenizer {
  checkOptionNames('sentencePieceTokenizer', options, ['addBos', 'addEos']);
  if (!(bytes instanceof Uint8Array))
    throw invalidParameter('sentencePieceTokenizer', 'bytes', bytes, 'a Uint8Array');
  const model = readSentencePieceModel(bytes);
  if (model.denormalizerCharsmap.length > 0) {
    const details = { option: 'denormalizer_spec', path: 'tokenizer.model' };
    throw new NextTokenError(
      'unsupported-option',
      'tokenizer.model: denormalization rules are not supported',
      details,
    );
  }
  const table = createPieceTable(model);
  const normalize = createNormalizer(model, table.userDefined);
  const { type, segment } = createSegmenter(table);
  const tokens = model.pieces.map(({ piece }) => piece);
  const idOf = new Map(tokens.map((token, id) => [token, id]));
  const specialTokens = roleIds(model, idOf, table.unknownId);
  const before = added('addBos', options.addBos, specialTokens.bos);
  const after = added('addEos', options.addEos, specialTokens.eos);

  const cut = (text: string, onMerge?: (merge: TraceMerge) => void) => {
    const normalized = normalize(text);
    const found = segment(normalized.text, onMerge);
    return {
      normalized: normalized.text,
      ids: idsOf(table, normalized.text, found),
      offsets: () => offsetsOf(table, normalized, found),
    };
  };
  return assembleTokenizer({
    kind: 'sentencepiece',
    vocabulary: listVocabulary(tokens, idOf),
    specialIds: new Set(model.pieces.flatMap((piece, id) => (piece.type === pieceType.control ? [id] : []))),
    specialTokens,
    plans: [sentencePiecePlan(model)],
    cleanUpSpaces: false,
    encode(text, addSpecialTokens) {
      const { ids, offsets } = cut(text);
      if (!addSpecialTokens || before.length + after.length === 0) return { ids, offsets };
      const outside = [0, 0] as const;
      return {
        ids: before.concat(ids, after),
        offsets: () => [...before.map(() => outside), ...offsets(), ...after.map(() => outside)],
      };
    },
    trace(text, addSpecialTokens) {
      const merges: TraceMerge[] = [];
      const { normalized, ids, offsets } = cut(text, (merge) => merges.push(merge));
      const piece = { text: normalized, offset: [0, text.length] as const };
      const describe = (id: number, offset: TokenOffset): TraceToken => ({ id, token: tokens[id]!, offset });
      const spans = offsets();
      const cuts = ids.map((id, i) => describe(id, spans[i]!));
      const symbols = type === 'BPE' && { symbols: firstSymbols(table, normalized), merges };
      const steps: TraceStep[] = [
        { step: 'normalizer', type: model.normalizer.name || 'SentencePiece', pieces: [piece] },
        {
          step: 'model',
          type,
          words: normalized === '' ? [] : [{ ...piece, ...symbols, tokens: cuts }],
        },
      ];
      if (!addSpecialTokens || before.length + after.length === 0) return { ids, steps };
      const outside = (id: number) => describe(id, [0, 0]);
      const all = [...before.map(outside), ...cuts, ...after.map(outside)];
      steps.push({ step: 'post-processor', type: 'SentencePiece', tokens: all });
      return { ids: all.map(({ id }) => id), steps };
    },
  });
}

function createSegmenter(table: PieceTable): { type: string; segment: Segmenter } {
  const { modelType: type } = table.model.trainer;
  if (type === modelType.unigram) return { type: 'Unigram', segment: createUnigramSegmenter(table) };
  if (type === modelType.bpe)
    return { type: 'BPE', segment: wordByWord(table, createBytePairSegmenter(table)) };
  if (type === modelType.word) return { type: 'Word', segment: createWordSegmenter(table) };
  if (type === modelType.char) return { type: 'Char', segment: createCharSegmenter(table) };
  throw invalidModel(`the model type ${type} is unknown`, { field: 'model_type', value: type });
}

function firstSymbols(table: PieceTable, text: string): string[] {
  const { ends } = createCharSegmenter(table)(text);
  return ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end));
}

function roleIds(
  model: SentencePieceModel,
  idOf: ReadonlyMap<string, number>,
  unknown: number,
): SpecialTokens {
  const find = (role: string, piece: string) => {
    const id = idOf.get(piece);
    return id !== undefined && model.pieces[id]!.type === pieceType.control ? { [role]: id } : {};
  };
  const { bosPiece, eosPiece, padPiece } = model.trainer;
  return { ...find('bos', bosPiece), ...find('eos', eosPiece), ...find('pad', padPiece), unknown };
}

function added(option: string, wanted: boolean | undefined, id: number | undefined): number[] {
  if (wanted !== undefined && typeof wanted !== 'boolean') {
    throw invalidParameter('sentencePieceTokenizer', option, wanted, 'true or false');
  }
  if (!wanted) return [];
  if (id !== undefined) return [id];
  const details = { path: 'tokenizer.model', field: option };
  throw new NextTokenError('invalid-config', `tokenizer.model: it has no token for ${option}`, details);
}
