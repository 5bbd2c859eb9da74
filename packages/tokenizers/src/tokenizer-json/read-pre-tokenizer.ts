import { spellByteLevel } from '../normalizers/byte-level-spelling';
import type { Cut } from '../pre-tokenizers/cut';
import { type CutBehavior, cutByMatches } from '../pre-tokenizers/cut-by-matches';
import { digitsScanner } from '../pre-tokenizers/digits-scanner';
import { findCharacters, findPattern, findString } from '../pre-tokenizers/find-pattern';
import { gpt2Scanner } from '../pre-tokenizers/gpt2-scanner';
import { scannerOf } from '../pre-tokenizers/known-scanners';
import { metaspaceStages } from '../pre-tokenizers/metaspace';
import type { PieceStage, PreTokenizer } from '../pre-tokenizers/pre-tokenizer';
import { cutByScanner } from '../pre-tokenizers/scanner';
import { prependText } from '../text/prepend-text';
import type { JsonPart } from './read-json';
import { readPattern } from './read-pattern';

const whiteSpace = /\p{White_Space}/u;
const punctuation = /[\p{P}\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]/u;
/** Words and runs of symbols; what a word is made of is Unicode's (UTS #18). */
const words =
  /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]+|[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}\p{White_Space}]+/gu;
const behaviors = ['Removed', 'Isolated', 'Contiguous', 'MergedWithPrevious', 'MergedWithNext'];

/** The stage that spells words in the byte-level alphabet. */
export const spellStage: PieceStage = { rewrite: spellByteLevel };

/** Reads the `pre_tokenizer` of tokenizer.json: its steps, in order. */
export function readPreTokenizer(config: JsonPart | undefined): PreTokenizer[] {
  if (config === undefined) return [];
  const type = config.string('type');
  if (type === 'Sequence') return config.parts('pretokenizers').flatMap(readPreTokenizer);
  return [{ type, stages: readStages(config, type) }];
}

function readStages(config: JsonPart, type: string): PieceStage[] {
  switch (type) {
    case 'ByteLevel':
      return byteLevel(config);
    case 'Split':
      return [{ cut: readSplit(config) }];
    case 'Digits':
      return [{ cut: cutByScanner(digitsScanner(config.flag('individual_digits', false))) }];
    case 'Punctuation':
      return [characters(punctuation, readBehavior(config))];
    case 'CharDelimiterSplit':
      return [{ cut: cutByMatches(findString(config.string('delimiter')), 'Removed', false) }];
    case 'Whitespace':
      return [{ cut: cutByMatches(findPattern(words), 'Removed', true) }];
    case 'WhitespaceSplit':
      return [characters(whiteSpace, 'Removed')];
    case 'BertPreTokenizer':
      return [characters(whiteSpace, 'Removed'), characters(punctuation, 'Isolated')];
    case 'Metaspace':
      return metaspaceStages(readMetaspace(config));
    case 'FixedLength':
      return [{ cut: fixedLength(config.number('length', 5)) }];
    default:
      throw config.error('type', `is a pre-tokenizer that is not supported: ${type}`);
  }
}

function characters(pattern: RegExp, behavior: CutBehavior): PieceStage {
  return { cut: cutByMatches(findCharacters(pattern), behavior, false) };
}

function byteLevel(config: JsonPart): PieceStage[] {
  const stages: PieceStage[] = [];
  if (config.flag('add_prefix_space', true)) {
    stages.push({ rewrite: (piece) => (piece.text.startsWith(' ') ? piece : prependText(piece, ' ')) });
  }
  if (config.flag('use_regex', true)) stages.push({ cut: cutByScanner(gpt2Scanner) });
  return [...stages, spellStage];
}

function readSplit(config: JsonPart): Cut {
  const behavior = readBehavior(config);
  const invert = config.flag('invert', false);
  const { Regex: source } = config.part('pattern').value;
  const scanner = typeof source === 'string' ? scannerOf(source) : undefined;
  // A known pattern matches everywhere, so that isolating its matches and removing the rest is the same.
  const everywhere = behavior === 'Isolated' || (behavior === 'Removed' && invert);
  if (scanner !== undefined && everywhere) return cutByScanner(scanner);
  const pattern = readPattern(config);
  return cutByMatches(
    typeof pattern === 'string' ? findString(pattern) : findPattern(pattern),
    behavior,
    invert,
  );
}

function readBehavior(config: JsonPart): CutBehavior {
  const behavior = config.string('behavior', 'Isolated');
  if (!behaviors.includes(behavior)) throw config.error('behavior', `is unknown: ${behavior}`);
  return behavior as CutBehavior;
}

function readMetaspace(config: JsonPart) {
  // Older files have add_prefix_space in place of prepend_scheme.
  const older = config.flag('add_prefix_space', true) ? 'always' : 'never';
  const scheme = config.string('prepend_scheme', older).toLowerCase();
  if (scheme !== 'always' && scheme !== 'first' && scheme !== 'never') {
    throw config.error('prepend_scheme', `is unknown: ${scheme}`);
  }
  return {
    mark: config.string('replacement', '\u2581'),
    prepend: scheme,
    split: config.flag('split', true),
  } as const;
}

function fixedLength(length: number): Cut {
  return (text, start, end, emit) => {
    for (let at = start; at < end; ) {
      let next = at;
      for (let count = 0; count < length && next < end; count++)
        next += text.codePointAt(next)! > 0xffff ? 2 : 1;
      emit(at, next);
      at = next;
    }
  };
}
