import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { checkName } from '../config/check-name';
import { checkNodeOptions } from '../config/check-node-options';
import type { JsonFile } from '../config/json-file';
import { openTokenizer } from '../config/open-tokenizer';
import { chooseFiles } from '../source/choose-files';
import { locateModel } from '../source/locate-model';
import { readFolderTexts } from '../source/read-folder-texts';
import type { LoadTokenizer } from './load-types';

/**
 * The tokenizer (and the chat template) of what {@link load} takes, without its weights; a folder that holds nothing but
 * a tokenizer.json will do. Of a GGUF file without one beside it, the header is read.
 * @throws NextTokenError as `load`, as far as tokenizers go
 */
export const loadTokenizer: LoadTokenizer = async (model, options = {}) => {
  checkNodeOptions('loadTokenizer', options);
  const name = checkName('loadTokenizer', model);
  options.signal?.throwIfAborted();
  const location = await locateModel(name, { ...options, isTokenizerOnly: true });
  const folder = location.isFolder ? location.path : (await chooseFiles(location, 'auto')).folder;
  const texts = await readFolderTexts(folder);
  if (texts.tokenizer) return openTokenizer(texts, folder);
  const { format, weights } = await chooseFiles(await locateModel(name, options), 'auto');
  return openTokenizer(texts, folder, format === 'gguf' ? await readGgufMetadata(weights) : undefined);
};

async function readGgufMetadata(path: string): Promise<JsonFile> {
  const checkpoint = await openCheckpointPath(path);
  await checkpoint.close();
  return { path, value: checkpoint.metadata };
}
