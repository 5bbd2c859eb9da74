import { load } from '@nexttoken/load';
import { NextTokenError } from '@nexttoken/model';
import { ngramName } from '../model/model-name';
import type { RunOptions } from './inside/run-checkpoint';
import { type OpenModel, openModel } from './open-model';
import type { OpenRequest } from './protocol';

type Making = () => Promise<OpenModel>;

/** The models that are open, by name; each is loaded once. */
export class Models {
  readonly #open = new Map<string, Promise<OpenModel>>();

  /** Makes a model, or waits for it while it is made. A failed one can be asked for again. */
  open(name: string, make: Making): Promise<OpenModel> {
    const known = this.#open.get(name);
    if (known) return known;
    const opening = make();
    this.#open.set(name, opening);
    opening.catch(() => this.#open.delete(name));
    return opening;
  }

  /** Frees a model and what is kept for it; nothing happens for one that is not open. */
  async close(name: string): Promise<void> {
    const open = await this.#open.get(name)?.catch(() => undefined);
    this.#open.delete(name);
    await open?.loaded.dispose();
  }

  /** @throws NextTokenError `model-not-found` for one that nobody opened */
  get(name: string): Promise<OpenModel> {
    const open = this.#open.get(name);
    if (open) return open;
    const message = `the model ${JSON.stringify(name)} is not open`;
    return Promise.reject(new NextTokenError('model-not-found', message, { name }));
  }
}

/** Counts have no layers, and a server shows none. */
function noFiles(): Promise<never> {
  const message = 'this model has no checkpoint here: there is nothing to look into';
  return Promise.reject(new NextTokenError('file-not-found', message));
}

/** Loads what a request asks for. */
export async function makeModel(request: OpenRequest, options: RunOptions): Promise<OpenModel> {
  const { name, files: dropped, device } = request;
  if (name === ngramName) {
    const { loadNgram } = await import('./views/ngram');
    return openModel(name, await loadNgram(options), noFiles);
  }
  if (request.server) {
    const { loadServer } = await import('./server/load-server');
    return openModel(name, await loadServer(request.server, options.signal), noFiles);
  }
  if (!dropped) {
    const loaded = await load(name, { ...options, device });
    return openModel(name, loaded, async () => (await import('./inside/model-files')).modelFiles(name));
  }
  const files = dropped.map((file) => ({ name: file.name, content: file }));
  const { loadDropped } = await import('./inside/load-dropped');
  return openModel(name, await loadDropped(name, files, { ...options, device }), async () => files);
}
