import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkpoint, huggingFaceConfig } from '@nexttoken/checkpoint';
import { ggufTokenizerJson, tokenizerConfigFromGguf } from '@nexttoken/tokenizers';
import { checkpointParts } from '../config/checkpoint-parts';
import type { ModelTexts } from '../config/model-texts';

/** What a model's folder has beside the weights. */
export interface CompanionFiles {
  /** config.json, parsed. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly generationConfig: Readonly<Record<string, unknown>> | undefined;
  /** All others as they are. */
  readonly files: readonly { readonly path: string; readonly content: Uint8Array }[];
  /** Names of files that the model does not have and others may look for. */
  readonly missing: readonly string[];
}

/** Files that belong to a tokenizer or to generating; they are copied where they are. */
const copied = [
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
  'vocab.json',
  'merges.txt',
  'tokenizer.model',
  'chat_template.jinja',
];

/**
 * The files beside a checkpoint's weights: those of its folder, and for a GGUF file what its key-values say where the
 * folder has none.
 * @throws NextTokenError for a GGUF vocabulary that no tokenizer.json can express, and what the checks of `load` throw
 */
export async function companionFiles(
  checkpoint: Checkpoint,
  texts: ModelTexts,
  folder: string,
): Promise<CompanionFiles> {
  const files = new Map<string, Uint8Array>();
  for (const name of copied) {
    const content = await readFile(join(folder, name)).catch(() => undefined);
    if (content) files.set(name, content);
  }
  const isGguf = checkpoint.format === 'gguf';
  const config = isGguf ? ggufConfig(checkpoint, texts, folder) : checkpoint.metadata;
  const own = isGguf ? ggufFiles(checkpoint.metadata, config) : {};
  const hasTokenizer = files.has('tokenizer.json');
  for (const [name, value] of Object.entries(own)) {
    if (files.has(name) || (hasTokenizer && name !== 'generation_config.json')) continue;
    files.set(name, new TextEncoder().encode(`${JSON.stringify(value(), null, 1)}\n`));
  }
  const generation = files.get('generation_config.json');
  return {
    config,
    generationConfig: generation && JSON.parse(new TextDecoder().decode(generation)),
    files: [...files].map(([path, content]) => ({ path, content })),
    missing: ['tokenizer.json', 'tokenizer_config.json'].filter((name) => !files.has(name)),
  };
}

/** config.json of a GGUF file: that of its folder, which may be of another model, is not asked. */
function ggufConfig(
  checkpoint: Checkpoint,
  texts: ModelTexts,
  folder: string,
): Readonly<Record<string, unknown>> {
  const { generationConfig } = checkpointParts(checkpoint, texts, folder);
  const { endTokenIds, bosTokenId, padTokenId } = generationConfig;
  const eos = endTokenIds.length === 1 ? endTokenIds[0] : endTokenIds;
  const ids = { bos: bosTokenId, eos: endTokenIds.length === 0 ? undefined : eos, pad: padTokenId };
  return huggingFaceConfig(checkpoint.architecture, ids);
}

/** Files that a GGUF file's key-values stand for, made when they are needed. */
function ggufFiles(
  metadata: Readonly<Record<string, unknown>>,
  config: Readonly<Record<string, unknown>>,
): Readonly<Record<string, () => unknown>> {
  const ids = ['bos_token_id', 'eos_token_id', 'pad_token_id'].filter((field) => config[field] !== undefined);
  return {
    'tokenizer.json': () => ggufTokenizerJson(metadata),
    'tokenizer_config.json': () => ({
      ...tokenizerConfigFromGguf(metadata),
      tokenizer_class: 'PreTrainedTokenizerFast',
      clean_up_tokenization_spaces: false,
    }),
    'generation_config.json': () => Object.fromEntries(ids.map((field) => [field, config[field]])),
  };
}
