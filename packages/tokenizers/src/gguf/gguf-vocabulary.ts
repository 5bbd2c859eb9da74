import { type JsonPart, readJson } from '../tokenizer-json/read-json';

/** `tokenizer.ggml.token_type`, as llama.cpp numbers it. */
export const tokenType = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;

/** The vocabulary in GGUF metadata. */
export interface GgufVocabulary {
  readonly metadata: JsonPart;
  readonly tokens: readonly string[];
  typeOf(id: number): number;
  /** The id that `tokenizer.ggml.NAME_token_id` names, checked. */
  roleId(name: string): number | undefined;
}

/** @throws NextTokenError `invalid-file` naming the key */
export function readGgufVocabulary(value: unknown): GgufVocabulary {
  const metadata = readJson(value, 'GGUF metadata', 'invalid-file');
  const tokens = metadata.value['tokenizer.ggml.tokens'];
  if (!Array.isArray(tokens) || !tokens.every((token) => typeof token === 'string')) {
    throw metadata.error('tokenizer.ggml.tokens', 'must be a list of strings');
  }
  const types = readNumbers(metadata, 'tokenizer.ggml.token_type', tokens.length);
  return {
    metadata,
    tokens,
    typeOf: (id) => types?.[id] ?? tokenType.normal,
    roleId(name) {
      const key = `tokenizer.ggml.${name}_token_id`;
      const id = metadata.value[key];
      if (id === undefined || id === null) return undefined;
      if (typeof id !== 'number' || tokens[id] === undefined)
        throw metadata.error(key, `is no token: ${String(id)}`);
      return id;
    },
  };
}

/** A list of numbers, plain or typed, of the length given; `undefined` when the key is absent. */
export function readNumbers(metadata: JsonPart, key: string, length: number): ArrayLike<number> | undefined {
  const value = metadata.value[key];
  if (value === undefined) return undefined;
  const list =
    Array.isArray(value) || ArrayBuffer.isView(value) ? (value as unknown as ArrayLike<number>) : undefined;
  if (list?.length !== length) throw metadata.error(key, `must be a list of ${length} numbers`);
  return list;
}
