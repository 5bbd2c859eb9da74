import type { LoadedModel, LoadOptions, ModelFiles } from '@nexttoken/load';
import { Pieces } from './pieces';
import type { ModelCard } from './protocol';
import { RowSource } from './row-source';

export type RunOptions = Pick<LoadOptions, 'device' | 'signal' | 'onProgress'>;

/** A model that answers, with all that is kept for it. */
export interface OpenModel {
  readonly loaded: Pick<LoadedModel, 'model' | 'tokenizer' | 'chatTemplate' | 'generationConfig' | 'dispose'>;
  readonly rows: RowSource;
  readonly pieces: Pieces;
  readonly card: ModelCard;
  /** What it was loaded from; absent for counts and servers, which cannot be looked into. */
  readonly source: string | ModelFiles | undefined;
  /** What else is freed with it. */
  readonly onClose: Set<() => Promise<void>>;
}

export function openModel(
  name: string,
  loaded: OpenModel['loaded'],
  source?: OpenModel['source'],
): OpenModel {
  const { model, tokenizer, chatTemplate, generationConfig } = loaded;
  const { device, dtype, threads } = model.describe();
  return {
    loaded,
    rows: new RowSource(model),
    pieces: new Pieces(tokenizer),
    card: {
      name,
      device,
      dtype,
      threads: typeof threads === 'number' ? threads : undefined,
      vocabSize: model.vocabSize,
      contextLength: model.capabilities.contextLength,
      endTokenIds: generationConfig.endTokenIds,
      isChat: chatTemplate !== undefined,
      capabilities: model.capabilities,
      defaults: generationConfig.defaults,
    },
    source,
    onClose: new Set(),
  };
}

/** Frees a model, and everything that was opened for it, once what runs has ended. */
export async function closeModel({ loaded, rows, onClose }: OpenModel): Promise<void> {
  try {
    await Promise.all([rows.dispose(), ...Array.from(onClose, (close) => close())]);
  } finally {
    await loaded.dispose();
  }
}
