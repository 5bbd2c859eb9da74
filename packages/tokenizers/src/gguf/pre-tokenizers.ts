import { NextTokenError } from '@nexttoken/model';

const gpt2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)";
const llama3 = (digits: string) =>
  `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}${digits}` +
  '| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+';

/** How a named pre-tokenizer of llama.cpp cuts: one pattern after the other; what none matches stays whole. */
export interface GgufPreTokenizer {
  readonly patterns: readonly string[];
  /** A word that is a token is that token, whatever merging would give. */
  readonly ignoreMerges?: boolean;
  /** Whether the beginning-of-text token is added when the file does not say. */
  readonly addBos?: boolean;
}

const plain: GgufPreTokenizer = { patterns: [gpt2] };
const digitByDigit: GgufPreTokenizer = { patterns: ['\\p{N}', gpt2] };
const llamaBpe: GgufPreTokenizer = { patterns: [llama3('{1,3}')], ignoreMerges: true, addBos: true };
const qwen2: GgufPreTokenizer = { patterns: [llama3('')] };

const byName: Readonly<Record<string, GgufPreTokenizer>> = {
  default: { patterns: ['[\\p{P}\\$\\+<=>\\^~\\|]+', gpt2, '\\p{N}+', '[0-9][0-9][0-9]'] },
  'gpt-2': plain,
  'phi-2': plain,
  mpt: plain,
  olmo: plain,
  smollm: digitByDigit,
  starcoder: digitByDigit,
  refact: digitByDigit,
  'command-r': digitByDigit,
  codeshell: digitByDigit,
  'llama-bpe': llamaBpe,
  llama3: llamaBpe,
  'llama-v3': llamaBpe,
  qwen2,
  'deepseek-r1-qwen': qwen2,
  stablelm2: qwen2,
};

/**
 * The pre-tokenizer of `tokenizer.ggml.pre`; without a name, `default`.
 * @throws NextTokenError `unsupported-option` for a name that is not known here
 */
export function ggufPreTokenizer(name = 'default'): GgufPreTokenizer {
  if (Object.hasOwn(byName, name)) return byName[name]!;
  const details = { option: 'tokenizer.ggml.pre', value: name, supported: Object.keys(byName) };
  throw new NextTokenError(
    'unsupported-option',
    `tokenizer.ggml.pre: no pre-tokenizer named ${name}`,
    details,
  );
}
