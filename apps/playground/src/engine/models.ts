import { load } from '@nexttoken/load';
import { NextTokenError } from '@nexttoken/model';
import { ngramName } from '../model/model-name';
import { closeModel, type OpenModel, openModel, type RunOptions } from './open-model';
import type { OpenRequest } from './protocol';

type Making = () => Promise<OpenModel>;

/** The models that are open, by name; each is loaded once. */
export class Models {
  readonly #open = new Map<string, Promise<OpenModel>>();
  /** Those that are not wholly free yet. */
  readonly #closing = new Map<string, Promise<unknown>>();

  /** Makes a model, or waits for it while it is made. A failed one can be asked for again. */
  open(name: string, make: Making): Promise<OpenModel> {
    const known = this.#open.get(name);
    if (known) return known;
    const opening = make();
    this.#open.set(name, opening);
    opening.catch(() => {
      if (this.#open.get(name) === opening) this.#open.delete(name);
    });
    return opening;
  }

  /**
   * Frees a model and what is kept for it; nothing happens for one that is not open. From now on it can be opened
   * anew. It is free when this settles, whoever asked first.
   */
  async close(name: string): Promise<void> {
    const opening = this.#open.get(name);
    const before = this.#closing.get(name);
    if (!opening) return void (await before);
    this.#open.delete(name);
    const closing = Promise.all([opening.then(closeModel, () => undefined), before]);
    this.#closing.set(name, closing);
    try {
      await closing;
    } finally {
      if (this.#closing.get(name) === closing) this.#closing.delete(name);
    }
  }

  /** @throws NextTokenError `model-not-found` for one that nobody opened */
  get(name: string): Promise<OpenModel> {
    const open = this.#open.get(name);
    if (open) return open;
    const message = `the model ${JSON.stringify(name)} is not open`;
    return Promise.reject(new NextTokenError('model-not-found', message, { name }));
  }
}

/** Loads what a request asks for. */
export async function makeModel(request: OpenRequest, options: RunOptions): Promise<OpenModel> {
  const { name, files, server, device } = request;
  if (name === ngramName) {
    const { loadNgram } = await import('./views/ngram');
    return openModel(name, await loadNgram(options));
  }
  if (server) {
    const { loadServer } = await import('./server/load-server');
    return openModel(name, await loadServer(server, options.signal));
  }
  const source = files ?? name;
  return openModel(name, await load(source, { ...options, device }), source);
}
