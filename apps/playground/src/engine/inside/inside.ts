import { type Checkpoint, checkpointModuleTree } from '@nexttoken/checkpoint';
import { type LensHead, readLensHead } from '@nexttoken/inspector';
import { type LoadedModel, load, openCheckpoint } from '@nexttoken/load';
import { type AttentionPatterns, type LanguageModel, NextTokenError } from '@nexttoken/model';
import { isHubName } from '../../model/model-name';
import type { OpenModel } from '../open-model';

/** Bytes that are taken without asking. */
const unasked = 200e6;

/** What is known of a model beyond its logits. Each part is opened when it is asked for, once. */
export class Inside {
  #checkpoint: Promise<Checkpoint> | undefined;
  #head: Promise<LensHead> | undefined;
  #watched: Promise<LoadedModel> | undefined;
  /** Of the text that was looked at last: another head of it costs no forward pass. */
  #patterns: { readonly key: string; readonly patterns: AttentionPatterns } | undefined;

  constructor(readonly open: OpenModel) {
    open.onClose.add(() => this.dispose());
  }

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
   * What every head looks at, by the model itself where its sessions can tell, else by the model opened a second time.
   * @throws NextTokenError `memory-limit` for a large model, unless it is said that this is wanted
   */
  async patterns(ids: readonly number[], isSure: boolean): Promise<AttentionPatterns> {
    const key = ids.join();
    if (this.#patterns?.key === key) return this.#patterns.patterns;
    const model = await this.#watchedModel(isSure);
    const session = await model.createSession();
    try {
      const { attention } = await session.forward([ids], { logits: 'none', capture: { attention: true } });
      const found = attention![0]!;
      const patterns = { ...found, data: found.data.slice() };
      this.#patterns = { key, patterns };
      return patterns;
    } finally {
      await session.dispose();
    }
  }

  /** Frees the second model; it is opened again when heads are asked for. */
  async closeHeads(): Promise<void> {
    const watched = this.#watched;
    this.#watched = undefined;
    this.#patterns = undefined;
    await (await watched?.catch(() => undefined))?.dispose();
  }

  async dispose(): Promise<void> {
    const checkpoint = await this.#checkpoint?.catch(() => undefined);
    this.#checkpoint = undefined;
    this.#head = undefined;
    await this.closeHeads();
    await checkpoint?.close();
  }

  async #watchedModel(isSure: boolean): Promise<LanguageModel> {
    const { loaded, card, source } = this.open;
    if (loaded.model.capabilities.attention) return loaded.model;
    if (!this.#watched) {
      const needed = checkpointModuleTree(await this.checkpoint()).root.parameters * 4;
      if (needed > unasked && !isSure) {
        const message = `for its heads the model is opened a second time, in about ${Math.round(needed / 1e6)} MB of memory`;
        throw new NextTokenError('memory-limit', message, { needed, limit: unasked });
      }
      const opening = load(source!, { attention: true, dtype: 'fp32', device: card.device });
      this.#watched ??= opening;
      opening.catch(() => {
        if (this.#watched === opening) this.#watched = undefined;
      });
    }
    return (await this.#watched!).model;
  }

  #openCheckpoint(): Promise<Checkpoint> {
    const { source } = this.open;
    if (source === undefined) {
      const message = 'this model has no checkpoint here: there is nothing to look into';
      return Promise.reject(new NextTokenError('file-not-found', message));
    }
    // A kept model is looked into as it is kept: nothing is fetched for that.
    const isKept = typeof source === 'string' && isHubName(source);
    return openCheckpoint(source, isKept ? { offline: true } : {});
  }
}
