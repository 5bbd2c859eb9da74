import type { LoadProgress } from '@nexttoken/load';
import type { ModelCard, OpenRequest } from '../engine/protocol';
import type { Engine } from '../engine/start-engine';

/** A model that is there, and a text as it cuts it. */
interface ReadyModel {
  readonly card: ModelCard;
  readonly ids: readonly number[];
  readonly tokens: readonly string[];
}

/** The one model that answers. Another one takes its place; what was held for the one before is freed. */
export class ModelSlot {
  card: ModelCard | undefined;
  /** What is loaded now. */
  loading: { readonly name: string; readonly progress?: LoadProgress } | undefined;
  /** How each model that was opened can be opened again, by its name. */
  readonly requests = new Map<string, OpenRequest>();

  constructor(
    readonly engine: Engine,
    readonly onChange: () => void,
  ) {}

  /** Loads a model and cuts a text with it. @throws what loading throws; then the present model stays */
  async load(wanted: OpenRequest, text: string): Promise<ReadyModel> {
    const request = { ...wanted, name: this.#freeName(wanted) };
    const { name } = request;
    this.loading = { name };
    this.onChange();
    try {
      const onEvent = (progress: LoadProgress) => {
        this.loading = { name, progress };
        this.onChange();
      };
      const card = await this.engine.call('open', request, { onEvent });
      const read = await this.engine.call('encode', { model: name, text });
      this.requests.set(name, request);
      return { card, ...read };
    } finally {
      this.loading = undefined;
      this.onChange();
    }
  }

  /** @returns whether another model was there before; it is closed */
  use(card: ModelCard): boolean {
    const { card: before } = this;
    this.card = card;
    if (before === undefined || before.name === card.name) return false;
    this.close(before.name);
    return true;
  }

  /** Frees a model that was opened beside the present one. */
  close(name: string): void {
    if (name === this.card?.name) return;
    // It may be gone already, with the worker.
    this.engine.call('close', { name }).catch(() => undefined);
  }

  /** Files and servers of a visitor's own may share a name; each is a model of its own. */
  #freeName(wanted: OpenRequest): string {
    const { name, files, server } = wanted;
    if (!files && !server) return name;
    let free = name;
    for (let count = 2; this.requests.has(free) && !this.#isSame(free, wanted); count++)
      free = `${name} (${count})`;
    return free;
  }

  #isSame(name: string, { files, server }: OpenRequest): boolean {
    const known = this.requests.get(name);
    return known?.files === files && known?.server === server;
  }
}
