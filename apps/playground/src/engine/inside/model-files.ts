import { NextTokenError } from '@nexttoken/model';
import { type TinyModelFileName, tinyModels, tinyModelUrl } from '@nexttoken/tiny-models';
import { isHubName } from '../../model/model-name';
import type { NamedFile } from './named-file';

const small = [
  'config.json',
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'chat_template.jinja',
];

/** Beside the weights, only what says how the model is built and how it cuts texts. */
const needed =
  /(^|\/)(config|generation_config|tokenizer|tokenizer_config|model\.safetensors\.index)\.json$|\.(jinja|safetensors|gguf)$/;

/**
 * The files of a model that has a name: an embedded one, one that the browser keeps, or a folder or file of this origin.
 * @throws NextTokenError `file-not-found` where there is no checkpoint, only a ready-made graph
 */
export async function modelFiles(name: string): Promise<readonly NamedFile[]> {
  const files = await (Object.hasOwn(tinyModels, name)
    ? embeddedFiles(name as keyof typeof tinyModels)
    : isHubName(name)
      ? keptFiles(name)
      : filesBehind(name));
  if (files.some((file) => /\.(safetensors|gguf)$/.test(file.name))) return files;
  throw new NextTokenError('file-not-found', `${name} has no checkpoint (safetensors or GGUF) to look into`, {
    path: name,
  });
}

async function fetched(name: string, url: URL): Promise<NamedFile | undefined> {
  const response = await fetch(url);
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  return response.ok && !isPage ? { name, content: await response.blob() } : undefined;
}

function there(files: readonly (NamedFile | undefined)[]): readonly NamedFile[] {
  return files.filter((file) => file !== undefined);
}

async function embeddedFiles(name: keyof typeof tinyModels): Promise<readonly NamedFile[]> {
  const names = Object.keys(tinyModels[name].files) as TinyModelFileName[];
  return there(await Promise.all(names.map((file) => fetched(file, tinyModelUrl(name, file)))));
}

async function keptFiles(id: string): Promise<readonly NamedFile[]> {
  const { findCachedModel, openCachedFile } = await import('@nexttoken/hub');
  const paths = (await findCachedModel(id))?.paths.filter((path) => needed.test(path)) ?? [];
  return Promise.all(
    paths.map(async (path) => ({
      name: path.split('/').at(-1)!,
      content: await openCachedFile(id, path),
    })),
  );
}

async function filesBehind(name: string): Promise<readonly NamedFile[]> {
  const weights = /[^/]*\.(safetensors|gguf)$/.exec(name)?.[0];
  const base = new URL(weights === undefined ? `${name.replace(/\/$/, '')}/` : name, location.href);
  const names = [...small, weights ?? 'model.safetensors'];
  return there(await Promise.all(names.map((file) => fetched(file, new URL(file, base)))));
}
