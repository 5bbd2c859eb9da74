import type { GenerateRequest, GenerateResult, RunTo, TokenFacts } from '../engine/protocol';
import type { Engine } from '../engine/start-engine';

/** The most tokens of one Generate. */
export const generateAtMost = 100;

/** Runs of the sampler, one at a time: each from its start to its own end, or to a stop. */
export class Generation {
  /** Why the last one ended. */
  ending: GenerateResult['ending'] | undefined;
  tokensPerSecond: number | undefined;
  #stop: AbortController | undefined;

  constructor(readonly engine: Engine) {}

  get isRunning(): boolean {
    return this.#stop !== undefined;
  }

  /**
   * Takes tokens until the run pauses by itself.
   * @returns false for one that was stopped: it was over then, whatever came of it later
   * @throws what the worker throws, unless it was stopped before
   */
  async run(
    request: Omit<GenerateRequest, 'atMost'> & { readonly to: RunTo },
    onToken: (facts: TokenFacts) => void,
  ): Promise<boolean> {
    const stop = new AbortController();
    this.#stop = stop;
    this.ending = undefined;
    const { signal } = stop;
    const isOurs = () => this.#stop === stop;
    const onEvent = (facts: TokenFacts) => isOurs() && onToken(facts);
    const isStep = request.to === 'step';
    const asked = { ...request, atMost: isStep ? 1 : generateAtMost };
    try {
      const { ending, tokensPerSecond } = await this.engine.call('generate', asked, { signal, onEvent });
      if (!isOurs()) return false;
      if (!isStep || ending === 'end-token') this.ending = ending;
      if (!isStep) this.tokensPerSecond = tokensPerSecond ?? this.tokensPerSecond;
      this.#stop = undefined;
      return true;
    } catch (error) {
      if (!isOurs()) return false;
      this.#stop = undefined;
      throw error;
    }
  }

  /** @returns whether something ran; what was taken stays */
  stop(): boolean {
    if (!this.#stop) return false;
    this.#stop.abort();
    this.#stop = undefined;
    this.ending = 'stopped';
    return true;
  }
}
