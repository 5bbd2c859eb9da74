import { NextTokenError } from '@nexttoken/model';
import { type JsonFile, parseJsonFile } from './json-file';

/** The small files beside the weights, parsed; each may be missing. */
export interface ModelTexts {
  readonly config: JsonFile | undefined;
  readonly generationConfig: JsonFile | undefined;
  readonly tokenizer: JsonFile | undefined;
  readonly tokenizerConfig: JsonFile | undefined;
  /** chat_template.jinja as it is. */
  readonly chatTemplate: string | undefined;
}

/** Reads one text by its file name; `undefined` where there is none. */
export type ReadText = (
  file: string,
) => Promise<{ readonly path: string; readonly text: string } | undefined>;

/** Reads the small files of a model. @throws NextTokenError `invalid-file` that names a file that is no JSON object */
export async function readModelTexts(read: ReadText): Promise<ModelTexts> {
  const json = async (file: string): Promise<JsonFile | undefined> => {
    const found = await read(file);
    return found && parseJsonFile(found.path, found.text);
  };
  return {
    config: await json('config.json'),
    generationConfig: await json('generation_config.json'),
    tokenizer: await json('tokenizer.json'),
    tokenizerConfig: await json('tokenizer_config.json'),
    chatTemplate: (await read('chat_template.jinja'))?.text,
  };
}

/** A file that this kind of model cannot do without. */
export function required(file: JsonFile | undefined, path: string, why: string): JsonFile {
  if (file) return file;
  throw new NextTokenError('file-not-found', `${path} is missing: ${why}`, { path });
}
