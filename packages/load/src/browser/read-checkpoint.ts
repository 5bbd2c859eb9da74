import { type Checkpoint, openGguf, openSafetensors } from '@nexttoken/checkpoint';
import { type ModelTexts, required } from '../config/model-texts';
import { type BrowserLocation, sourceOf } from './browser-location';
import type { ChosenFiles } from './choose-browser-files';

/** Reads the header of chosen weights; tensors are read when they are asked for. */
export function readCheckpoint(
  location: BrowserLocation,
  files: ChosenFiles,
  texts: ModelTexts,
  signal: AbortSignal | undefined,
): Promise<Checkpoint> {
  const sources = files.weights.map(sourceOf);
  const readOptions = signal ? { signal } : {};
  if (files.format === 'gguf') return openGguf(sources[0]!, readOptions);
  const config = required(
    texts.config,
    location.placeOf('config.json'),
    'safetensors do not say their architecture',
  );
  const { href: name } = location;
  const { value } = config;
  const { index } = files;
  return openSafetensors(
    { config: value, sources, name, ...(index !== undefined && { index }) },
    readOptions,
  );
}
