import { bertNormalizer } from '../normalizers/bert';
import { spellByteLevel } from '../normalizers/byte-level-spelling';
import { lowercase } from '../normalizers/lowercase';
import { nmt } from '../normalizers/nmt';
import type { Normalizer } from '../normalizers/normalizer';
import { precompiled } from '../normalizers/precompiled';
import { prepend } from '../normalizers/prepend';
import { replace } from '../normalizers/replace';
import { stripAccents } from '../normalizers/strip-accents';
import { stripEnds } from '../normalizers/strip-ends';
import { unicodeNormalizer } from '../normalizers/unicode-normalizer';
import type { JsonPart } from './read-json';
import { readPattern } from './read-pattern';

/** Reads the `normalizer` of tokenizer.json: its steps, in order. */
export function readNormalizer(config: JsonPart | undefined): Normalizer[] {
  if (config === undefined) return [];
  const type = config.string('type');
  switch (type) {
    case 'Sequence':
      return config.parts('normalizers').flatMap(readNormalizer);
    case 'NFC':
    case 'NFD':
    case 'NFKC':
    case 'NFKD':
      return [unicodeNormalizer(type)];
    case 'Lowercase':
      return [lowercase];
    case 'StripAccents':
      return [stripAccents];
    case 'Strip':
      return [stripEnds(config.flag('strip_left', true), config.flag('strip_right', true))];
    case 'Prepend':
      return [prepend(config.string('prepend'))];
    case 'Replace':
      return [replace(readPattern(config), config.string('content'))];
    case 'BertNormalizer':
      return [readBert(config)];
    case 'Nmt':
      return [nmt];
    case 'ByteLevel':
      return [{ type, normalize: spellByteLevel }];
    case 'Precompiled':
      return [readPrecompiled(config)];
    default:
      throw config.error('type', `is a normalizer that is not supported: ${type}`);
  }
}

function readBert(config: JsonPart): Normalizer {
  const lower = config.flag('lowercase', true);
  return bertNormalizer({
    cleanText: config.flag('clean_text', true),
    spaceChinese: config.flag('handle_chinese_chars', true),
    stripAccents: config.flag('strip_accents', lower),
    lowercase: lower,
  });
}

/** An empty map, as some converted files have it, changes nothing. */
function readPrecompiled(config: JsonPart): Normalizer {
  const charsmap = config.string('precompiled_charsmap', '');
  if (charsmap === '') return { type: 'Precompiled', normalize: (source) => source };
  try {
    return precompiled(charsmap);
  } catch (cause) {
    throw config.error('precompiled_charsmap', `cannot be read: ${(cause as Error).message}`);
  }
}
