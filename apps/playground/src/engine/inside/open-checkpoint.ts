import { blobSource, type Checkpoint, openGguf, openSafetensors } from '@nexttoken/checkpoint';
import type { ModelTexts } from './model-texts';
import type { NamedFile } from './named-file';

const ending = (end: RegExp) => (file: NamedFile) => end.test(file.name);

/** Opens the weights among a model's files; none is read yet. @throws NextTokenError for files that do not fit together */
export async function openCheckpoint(
  name: string,
  files: readonly NamedFile[],
  texts: ModelTexts,
): Promise<Checkpoint> {
  const gguf = files.find(ending(/\.gguf$/i));
  if (gguf) return openGguf(blobSource(gguf.content, gguf.name));
  const index = texts.json('model.safetensors.index.json');
  return openSafetensors({
    config: texts.required('config.json', 'safetensors do not say their architecture'),
    sources: files.filter(ending(/\.safetensors$/i)).map((file) => blobSource(file.content, file.name)),
    name,
    ...(index !== undefined && { index }),
  });
}
