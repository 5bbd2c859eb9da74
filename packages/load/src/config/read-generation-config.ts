import type { GenerationConfig, Tokenizer } from '@nexttoken/model';
import type { JsonFile } from './json-file';
import { tokenIdField } from './token-id-field';

export interface GenerationFiles {
  readonly generationConfig?: JsonFile | undefined;
  readonly config?: JsonFile | undefined;
  /** Key-values of a GGUF file. */
  readonly gguf?: JsonFile | undefined;
}

const noDefaults = /(^_|token_ids?$|^transformers_version$|^use_cache$|^output_|^return_dict)/;

/**
 * What the files say about generating: each role's ids from the first of generation_config.json, config.json, the
 * GGUF key-values and the tokenizer that names it. A `pad_token_id` of -1 means none (old configs say so).
 * @param vocabSize width of a logits row
 * @throws NextTokenError `invalid-config` for an id outside [0, vocabSize); it names the file and the field
 */
export function readGenerationConfig(
  files: GenerationFiles,
  tokenizer: Tokenizer,
  vocabSize: number,
): GenerationConfig {
  const find = (role: 'eos' | 'bos' | 'padding', field: string): readonly number[] | undefined =>
    tokenIdField(withoutMinusOne(files.generationConfig, field), field, vocabSize) ??
    tokenIdField(withoutMinusOne(files.config, field), field, vocabSize) ??
    tokenIdField(files.gguf, `tokenizer.ggml.${role}_token_id`, vocabSize);
  const { eos, bos, pad } = tokenizer.specialTokens;
  const endTokenIds = find('eos', 'eos_token_id') ?? (eos === undefined ? [] : [eos]);
  const bosTokenId = find('bos', 'bos_token_id')?.[0] ?? bos;
  const padTokenId = find('padding', 'pad_token_id')?.[0] ?? pad;
  const all = Object.entries(files.generationConfig?.value ?? {});
  return {
    endTokenIds: [...new Set(endTokenIds)],
    ...(bosTokenId !== undefined && { bosTokenId }),
    ...(padTokenId !== undefined && { padTokenId }),
    defaults: Object.fromEntries(all.filter(([name, value]) => !noDefaults.test(name) && value !== null)),
  };
}

function withoutMinusOne(file: JsonFile | undefined, field: string): JsonFile | undefined {
  return field === 'pad_token_id' && file?.value[field] === -1 ? undefined : file;
}
