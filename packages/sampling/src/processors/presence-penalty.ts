import type { LogitsProcessor } from '@nexttoken/model';
import { builtIn } from '../built-in/built-in';
import { forEachCount } from '../history/for-each-count';
import { checkWindow, type WindowOptions, windowStart } from '../history/window';
import { checkFinite } from '../parameters/check-finite';

/**
 * Makes tokens less likely that were used at all: `x_i ← x_i - penalty` for every distinct id among the ids
 * that count, in float32. Removed tokens stay removed; ids beyond the vocabulary are passed over.
 *
 * @param penalty a finite number, in OpenAI's API from -2 to 2; negative ones invite repetition, 0 is neutral
 * @param options `includePrompt`: false (default) counts what was generated, as OpenAI's formula and vLLM do;
 *   true counts the prompt too, as llama.cpp does. `lastTokens`: only the last n ids (llama.cpp's `penalty_last_n`)
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * It reads the ids of the context and keeps no state, so a forked beam needs nothing. Cost: two steps for
 * each id that counts, whatever the vocabulary's size.
 * Source: OpenAI API, `presence_penalty`; llama.cpp `llama_sampler_init_penalties`.
 */
export function presencePenalty(penalty: number, options: WindowOptions = {}): LogitsProcessor {
  checkFinite('presencePenalty', 'penalty', penalty);
  const window = checkWindow('presencePenalty', options);
  const amount = Math.fround(penalty);
  return builtIn({
    kind: 'processor',
    type: 'presencePenalty',
    parameters: { penalty, ...window },
    process(scores, context) {
      if (amount === 0) return;
      forEachCount(context.ids, windowStart(window, context), scores.length, (id) => {
        scores[id] = scores[id]! - amount;
      });
    },
  });
}
