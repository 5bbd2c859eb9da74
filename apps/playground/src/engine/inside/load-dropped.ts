import type { Checkpoint } from '@nexttoken/checkpoint';
import { type ChatTemplate, NextTokenError, type Tokenizer } from '@nexttoken/model';
import {
  chatTemplate,
  pickChatTemplate,
  tokenizerConfigFromGguf,
  tokenizerFromGguf,
  tokenizerFromJson,
} from '@nexttoken/tokenizers';
import type { OpenModel } from '../open-model';
import { type ModelTexts, readModelTexts } from './model-texts';
import type { NamedFile } from './named-file';
import { openCheckpoint } from './open-checkpoint';
import { type RunOptions, runCheckpoint } from './run-checkpoint';

/**
 * A model of files that a visitor handed over: read piece by piece, where they are.
 * @throws NextTokenError what reading the files and starting the runtime throw; `file-not-found` that names what is missing
 */
export async function loadDropped(
  name: string,
  files: readonly NamedFile[],
  options: RunOptions = {},
): Promise<OpenModel['loaded']> {
  const texts = await readModelTexts(files);
  const checkpoint = await openCheckpoint(name, files, texts);
  const tokenizer = tokenizerOf(checkpoint, texts);
  const model = await runCheckpoint(name, checkpoint, options);
  return {
    model,
    tokenizer,
    chatTemplate: templateOf(checkpoint, texts),
    generationConfig: { endTokenIds: endTokensOf(texts, tokenizer), defaults: {} },
    dispose: () => model.dispose().finally(() => checkpoint.close()),
  };
}

function tokenizerOf(checkpoint: Checkpoint, texts: ModelTexts): Tokenizer {
  const json = texts.json('tokenizer.json');
  if (json) return tokenizerFromJson(json, texts.json('tokenizer_config.json'));
  if (checkpoint.format === 'gguf') return tokenizerFromGguf(checkpoint.metadata);
  throw new NextTokenError('file-not-found', 'tokenizer.json is missing: without it a text has no tokens', {
    path: 'tokenizer.json',
  });
}

function templateOf(checkpoint: Checkpoint, texts: ModelTexts): ChatTemplate | undefined {
  const isGguf = checkpoint.format === 'gguf';
  const tokenizerConfig =
    texts.json('tokenizer_config.json') ?? (isGguf ? tokenizerConfigFromGguf(checkpoint.metadata) : {});
  const carried = isGguf ? checkpoint.metadata['tokenizer.chat_template'] : undefined;
  const inConfig = tokenizerConfig.chat_template;
  const jinja =
    texts.text('chat_template.jinja') ?? (!inConfig && typeof carried === 'string' ? carried : undefined);
  if (jinja === undefined && !inConfig) return undefined;
  const { source, variables } = pickChatTemplate({ tokenizerConfig, chatTemplateJinja: jinja });
  return chatTemplate(source, variables);
}

/** The first file that names them says it, as in the project's loader. */
function endTokensOf(texts: ModelTexts, { specialTokens }: Tokenizer): readonly number[] {
  const named = (['generation_config.json', 'config.json'] as const)
    .map((file) => texts.json(file)?.eos_token_id)
    .find((value) => value !== undefined && value !== null);
  const ids = [named ?? specialTokens.eos].flat();
  return [...new Set(ids.filter((id) => typeof id === 'number' && id >= 0) as number[])];
}
