import { NextTokenError } from '@nexttoken/model';
import { type GgufVocabulary, tokenType } from './gguf-vocabulary';
import { mergesFromScores } from './merges-from-scores';
import { ggufPreTokenizer } from './pre-tokenizers';

const mark = '\u2581';

/** Says in the form of tokenizer.json what GGUF metadata says. */
export function tokenizerJsonFromGguf(vocabulary: GgufVocabulary): Record<string, unknown> {
  const kind = vocabulary.metadata.string('tokenizer.ggml.model');
  if (kind === 'gpt2') return fromByteLevel(vocabulary);
  if (kind === 'llama') return fromSentencePiece(vocabulary);
  const details = { option: 'tokenizer.ggml.model', value: kind, supported: ['gpt2', 'llama'] };
  throw new NextTokenError('unsupported-option', `tokenizer.ggml.model: ${kind} is not supported`, details);
}

function fromByteLevel(vocabulary: GgufVocabulary): Record<string, unknown> {
  const { metadata } = vocabulary;
  const pre = ggufPreTokenizer(metadata.string('tokenizer.ggml.pre', 'default'));
  const spell = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };
  return {
    added_tokens: addedTokens(vocabulary),
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [...pre.patterns.map(isolated), spell],
    },
    post_processor: postProcessor(vocabulary, pre.addBos ?? false),
    decoder: spell,
    model: {
      type: 'BPE',
      vocab: vocab(vocabulary),
      merges: metadata.value['tokenizer.ggml.merges'],
      ignore_merges: pre.ignoreMerges ?? false,
    },
  };
}

function isolated(pattern: string) {
  return { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false };
}

function fromSentencePiece(vocabulary: GgufVocabulary): Record<string, unknown> {
  const { metadata, tokens } = vocabulary;
  const prefix = metadata.flag('tokenizer.ggml.add_space_prefix', true);
  const space = { type: 'Replace', pattern: { String: ' ' }, content: mark };
  const strip = { type: 'Strip', content: ' ', start: 1, stop: 0 };
  const back = { type: 'Replace', pattern: { String: mark }, content: ' ' };
  const decoders = [back, { type: 'ByteFallback' }, { type: 'Fuse' }, ...(prefix ? [strip] : [])];
  return {
    added_tokens: addedTokens(vocabulary),
    normalizer: {
      type: 'Sequence',
      normalizers: prefix ? [{ type: 'Prepend', prepend: mark }, space] : [space],
    },
    post_processor: postProcessor(vocabulary, true),
    decoder: { type: 'Sequence', decoders },
    model: {
      type: 'BPE',
      vocab: vocab(vocabulary),
      merges: mergesFromScores(vocabulary),
      unk_token: tokens[vocabulary.roleId('unknown') ?? 0],
      fuse_unk: true,
      byte_fallback: true,
    },
  };
}

function vocab({ metadata, tokens }: GgufVocabulary): Record<string, number> {
  const entries = new Map(tokens.map((token, id) => [token, id]));
  if (entries.size !== tokens.length) throw metadata.error('tokenizer.ggml.tokens', 'names a token twice');
  return Object.fromEntries(entries);
}

function addedTokens({ tokens, typeOf }: GgufVocabulary): object[] {
  return tokens.flatMap((content, id) => {
    const type = typeOf(id);
    const special = type === tokenType.control || type === tokenType.unknown;
    return special || type === tokenType.userDefined ? [{ id, content, special, normalized: false }] : [];
  });
}

function postProcessor(vocabulary: GgufVocabulary, addBos: boolean): object | null {
  const { metadata, tokens } = vocabulary;
  const ids: Record<string, number> = {};
  const special = (name: 'bos' | 'eos', otherwise: boolean) => {
    if (!metadata.flag(`tokenizer.ggml.add_${name}_token`, otherwise)) return [];
    const id = vocabulary.roleId(name);
    if (id === undefined)
      throw metadata.error(`tokenizer.ggml.${name}_token_id`, 'is missing, and is to be added');
    ids[tokens[id]!] = id;
    return [{ SpecialToken: { id: tokens[id]!, type_id: 0 } }];
  };
  const single = [...special('bos', addBos), { Sequence: { id: 'A', type_id: 0 } }, ...special('eos', false)];
  if (single.length === 1) return null;
  const named = Object.entries(ids).map(([token, id]) => [token, { id: token, ids: [id], tokens: [token] }]);
  return { type: 'TemplateProcessing', single, special_tokens: Object.fromEntries(named) };
}
