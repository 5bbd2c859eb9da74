import type { JsonPart } from './read-json';
import { escapePattern, split, splitPattern } from './split-pattern';

type Config = Record<string, unknown>;

const punctuation = '[\\p{P}\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E]';
const gpt2Words = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

/**
 * A pre-tokenizer of tokenizer.json, said so that the JavaScript implementation cuts exactly as the Rust one:
 * white space, digits and word characters are Unicode's, every `behavior` is honoured.
 */
export function preTokenizerConfig(config: JsonPart): Config {
  const type = config.string('type');
  switch (type) {
    case 'Sequence':
      return sequence(...config.parts('pretokenizers').map(preTokenizerConfig));
    case 'ByteLevel':
      return byteLevel(config.flag('add_prefix_space', true), config.flag('use_regex', true));
    case 'Split':
      return splitPattern(config);
    case 'Digits':
      return split(config.flag('individual_digits', false) ? '\\p{N}' : '\\p{N}+', 'Isolated', false);
    case 'Punctuation':
      return splitPattern(withPattern(config, punctuation));
    case 'CharDelimiterSplit':
      return split(escapePattern(config.string('delimiter')), 'Removed', false);
    case 'Whitespace':
      return split('\\w+|[^\\w\\s]+', 'Removed', true);
    case 'WhitespaceSplit':
      return split('\\s+', 'Removed', false);
    case 'BertPreTokenizer':
      return sequence(split('\\s+', 'Removed', false), split(punctuation, 'Isolated', false));
    case 'Metaspace':
      return metaspace(config);
    default:
      return { ...config.value };
  }
}

/** Whether words come out spelled in bytes. */
export function endsInBytes(config: JsonPart): boolean {
  if (config.value.type !== 'Sequence') return config.value.type === 'ByteLevel';
  return config.parts('pretokenizers').some(endsInBytes);
}

function sequence(...pretokenizers: Config[]): Config {
  return { type: 'Sequence', pretokenizers };
}

function byteLevel(prefixSpace: boolean, useRegex: boolean): Config {
  const spell = { type: 'ByteLevel', add_prefix_space: false, use_regex: false };
  const steps: Config[] = prefixSpace
    ? [{ type: 'Replace', pattern: { Regex: '\\A(?! )' }, content: ' ' }]
    : [];
  if (useRegex) steps.push(split(gpt2Words, 'Isolated', false));
  return sequence(...steps, spell);
}

function metaspace(config: JsonPart): Config {
  const replacement = config.string('replacement', '\u2581');
  // Older files have add_prefix_space in place of prepend_scheme.
  const scheme = config.string('prepend_scheme', config.flag('add_prefix_space', true) ? 'always' : 'never');
  const mark = { type: 'Metaspace', replacement, prepend_scheme: scheme.toLowerCase() };
  const one = escapePattern(replacement);
  const words = split(`${one}(?:(?!${one})[\\s\\S])*`, 'Isolated', false);
  return config.flag('split', true) ? sequence(mark, words) : mark;
}

function withPattern(config: JsonPart, pattern: string): JsonPart {
  const value = { ...config.value, pattern: { Regex: pattern } };
  const part = (field: string) =>
    field === 'pattern' ? { ...config, value: value.pattern } : config.part(field);
  return { ...config, value, part };
}
