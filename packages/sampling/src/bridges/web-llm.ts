import type { LogitsProcessor } from '@nexttoken/model';
import { type BridgeOptions, checkBridge } from './bridge-options';
import { bridgeRow } from './bridge-row';

export type { BridgeOptions } from './bridge-options';

/** The `LogitProcessor` of `@mlc-ai/web-llm`. */
export interface WebLlmLogitProcessor {
  processLogits: (logits: Float32Array) => Float32Array;
  processSampledToken: (token: number) => void;
  resetState: () => void;
}

/**
 * What a removed token gets: WGSL may assume that there is no infinity, so the score has to stay finite, also
 * when WebLLM divides it by a temperature. Its exponential is 0 all the same.
 */
const removed = -1e30;

/**
 * A `LogitProcessor` of WebLLM that runs a processor or a chain of this package: give it to the engine as
 * `logitProcessorRegistry: new Map([[modelId, processor]])`, in the worker where one is used. WebLLM applies it
 * first, then its own biases, penalties, temperature and top-p, then draws: set those to neutral values
 * (`temperature: 1, top_p: 1`), or give a `sampler`.
 *
 * WebLLM hands over no prompt: the ids that processors see are those sampled since the last `resetChat`, and
 * `promptLength` is 0. So penalties count the answers only, as WebLLM's own do. A removed token gets -1e30.
 *
 * @param processor e.g. `chain(temperature(0.7), topK(40), typicalP(0.9))`
 * @param options `sampler`, `random` (each chat gets a fork of its own)
 * @throws NextTokenError as {@link BridgeOptions} tells; when it runs, what processor and sampler throw
 */
export function webLlmProcessor(
  processor: LogitsProcessor,
  options: BridgeOptions = {},
): WebLlmLogitProcessor {
  checkBridge('webLlmProcessor', processor, options);
  let chats = 0;
  const begin = () => bridgeRow(processor, options, options.random?.fork(chats++), 0, []);
  let row = begin();
  return {
    processLogits(logits) {
      row.process(logits);
      for (let id = 0; id < logits.length; id++) {
        if (logits[id] === Number.NEGATIVE_INFINITY) logits[id] = removed;
      }
      return logits;
    },
    processSampledToken: (token) => row.accept(token),
    resetState() {
      row = begin();
    },
  };
}
