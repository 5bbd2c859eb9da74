import type { CacheEntry, CacheListing, DownloadPlan, DownloadProgress } from '@nexttoken/hub';
import type { HubServer } from './hub-server';

/** The hub's code is fetched when somebody wants a model from it. */
const hub = () => import('@nexttoken/hub');

/** The models that this browser keeps, and the one that is looked at or fetched now. */
export class Library {
  listing: CacheListing | undefined;
  /** What a download would bring. */
  plan: DownloadPlan | undefined;
  /** The id that is looked up or fetched now. */
  busy: { readonly id: string; readonly progress?: DownloadProgress } | undefined;
  /** An id whose download just ended well. */
  ready: string | undefined;
  error: unknown;
  #stop: AbortController | undefined;

  /** @param close frees a model that may still be open: as long as it is, its files stay */
  constructor(
    readonly server: HubServer,
    readonly onChange: () => void,
    readonly close: (id: string) => Promise<void>,
  ) {}

  /** Whether a model is kept as a whole: it can be loaded without any server. */
  async keeps(id: string): Promise<boolean> {
    const { findCachedModel } = await hub();
    return (await findCachedModel(id))?.isComplete ?? false;
  }

  async refresh(): Promise<void> {
    await this.#attempt(async () => {
      const { listCachedModels } = await hub();
      this.listing = await listCachedModels();
    });
  }

  /** Asks how large a model is, and what is here of it. */
  look(id: string): Promise<void> {
    return this.#work(id, async (signal) => {
      const { planDownload } = await hub();
      this.plan = await planDownload(id, { ...this.server.options(), signal });
    });
  }

  /** Fetches a model, going on where an earlier download ended. */
  fetch(id: string): Promise<void> {
    return this.#work(id, async (signal) => {
      const { downloadModel } = await hub();
      const onProgress = (progress: DownloadProgress) => {
        this.busy = { id, progress };
        this.onChange();
      };
      await downloadModel(id, { ...this.server.options(), signal, onProgress });
      this.ready = id;
      this.plan = undefined;
    }).then(() => this.refresh());
  }

  cancel(): void {
    this.#stop?.abort();
  }

  async remove({ id }: CacheEntry): Promise<void> {
    await this.#attempt(async () => {
      const { removeCachedModel } = await hub();
      await this.close(id);
      await removeCachedModel(id);
      if (this.ready === id) this.ready = undefined;
    });
    await this.refresh();
  }

  async #work(id: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.cancel();
    const stop = new AbortController();
    this.#stop = stop;
    this.error = undefined;
    this.ready = undefined;
    if (this.plan?.id !== id) this.plan = undefined;
    this.busy = { id };
    this.onChange();
    await this.#attempt(async () => {
      await work(stop.signal);
    }, stop);
  }

  async #attempt(work: () => Promise<void>, stop?: AbortController): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!stop?.signal.aborted) this.error = error;
    }
    if (stop && this.#stop === stop) this.busy = undefined;
    this.onChange();
  }
}
