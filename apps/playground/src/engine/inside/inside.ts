import { type Checkpoint, checkpointModuleTree } from '@nexttoken/checkpoint';
import { type LensHead, readLensHead } from '@nexttoken/inspector';
import { type LanguageModel, NextTokenError } from '@nexttoken/model';
import type { OpenModel } from '../open-model';
import { readModelTexts } from './model-texts';
import { openCheckpoint } from './open-checkpoint';
import { runCheckpoint } from './run-checkpoint';

/** Bytes that are taken without asking. */
const unasked = 200e6;

/** What is known of a model beyond its logits. Each part is opened when it is asked for, once. */
export class Inside {
  #checkpoint: Promise<Checkpoint> | undefined;
  #head: Promise<LensHead> | undefined;
  #watched: Promise<LanguageModel> | undefined;

  constructor(readonly open: OpenModel) {}

  /** @throws NextTokenError `file-not-found` for a model without a checkpoint */
  checkpoint(): Promise<Checkpoint> {
    this.#checkpoint ??= this.#openCheckpoint();
    return this.#checkpoint;
  }

  /** Final norm and output layer. */
  head(): Promise<LensHead> {
    this.#head ??= this.checkpoint().then((checkpoint) => readLensHead(checkpoint));
    return this.#head;
  }

  /**
   * The model with attention as an output: itself where it has that, else opened a second time.
   * @throws NextTokenError `memory-limit` for a large model, unless it is said that this is wanted
   */
  async watched(isSure: boolean): Promise<LanguageModel> {
    const { model } = this.open.loaded;
    if (model.capabilities.attention) return model;
    if (!this.#watched) {
      const checkpoint = await this.checkpoint();
      const needed = checkpointModuleTree(checkpoint).root.parameters * 4;
      if (needed > unasked && !isSure) {
        const message = `for its heads the model is opened a second time, in about ${Math.round(needed / 1e6)} MB of memory`;
        throw new NextTokenError('memory-limit', message, { needed, limit: unasked });
      }
      this.#watched ??= runCheckpoint(model.modelId, checkpoint);
    }
    return this.#watched;
  }

  async #openCheckpoint(): Promise<Checkpoint> {
    const files = await this.open.files();
    return openCheckpoint(this.open.card.name, files, await readModelTexts(files));
  }
}
