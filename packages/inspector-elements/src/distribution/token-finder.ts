import type { Tokenizer } from '@nexttoken/model';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { searchTokens } from './token-search';

const atMost = 8;

/** What a search field found in a row; a new search ends the one before. */
export class TokenFinder implements ReactiveController {
  /** Ids, highest logit first. */
  found: readonly number[] = [];
  #running: AbortController | undefined;

  constructor(readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#running?.abort();
  }

  /** @param logits absent: nothing can be searched here */
  async look(
    query: string,
    logits: Float32Array | undefined,
    tokenizer: Tokenizer | undefined,
  ): Promise<void> {
    this.#running?.abort();
    if (!logits || query === '') {
      this.#show([]);
      return;
    }
    const running = new AbortController();
    this.#running = running;
    try {
      const found = await searchTokens(query, logits, tokenizer, atMost, running.signal);
      if (!running.signal.aborted) this.#show(found);
    } catch (error) {
      if (!running.signal.aborted) throw error;
    }
  }

  #show(found: readonly number[]): void {
    if (found.length === 0 && this.found.length === 0) return;
    this.found = found;
    this.host.requestUpdate();
  }
}
