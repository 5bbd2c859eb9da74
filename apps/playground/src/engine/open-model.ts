import type { LoadedModel } from '@nexttoken/load';
import type { NamedFile } from './inside/named-file';
import { Pieces } from './pieces';
import type { ModelCard } from './protocol';
import { RowSource } from './row-source';

/** A model that answers, with all that is kept for it. */
export interface OpenModel {
  readonly loaded: Pick<LoadedModel, 'model' | 'tokenizer' | 'chatTemplate' | 'generationConfig' | 'dispose'>;
  readonly rows: RowSource;
  readonly pieces: Pieces;
  readonly card: ModelCard;
  /** Its files, to look inside. @throws NextTokenError `file-not-found` for a model without a checkpoint */
  readonly files: () => Promise<readonly NamedFile[]>;
}

export function openModel(name: string, loaded: OpenModel['loaded'], files: OpenModel['files']): OpenModel {
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
    files,
  };
}
