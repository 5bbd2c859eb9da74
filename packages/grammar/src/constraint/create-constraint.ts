import { logSumExp } from '@nexttoken/numeric';
import { isAllowed } from '../vocabulary/token-masks';
import type { Constraint } from './constraint';
import { forcedIds } from './forced-ids';
import type { GrammarEngine } from './grammar-engine';
import type { GrammarState } from './grammar-state';

const mostBytes = 4096;

/** What a grammar knows beside its masks. */
export function createConstraint(engine: GrammarEngine): Constraint {
  const { tokenizer, vocabulary, endTokenIds } = engine;
  const allowedCount = (state: GrammarState): number =>
    (state.ended ? 0 : engine.mask(state).count) + (state.configuration.accepting ? endTokenIds.length : 0);
  const isComplete = (state: GrammarState): boolean =>
    state.ended || (state.configuration.accepting && state.configuration.places.length === 0);

  /** The one token that is allowed, if there is only one. */
  function onlyToken(state: GrammarState): number | undefined {
    if (state.ended || allowedCount(state) !== 1) return undefined;
    if (state.configuration.accepting && endTokenIds.length === 1) return endTokenIds[0];
    const { bits } = engine.mask(state);
    const word = bits.findIndex((value) => value !== 0);
    return word < 0 ? undefined : word * 32 + (31 - Math.clz32(bits[word]!));
  }

  return {
    endTokenIds,
    isComplete,
    isAllowed: (state, id) =>
      endTokenIds.includes(id)
        ? state.configuration.accepting
        : !state.ended && id < vocabulary.vocabSize && isAllowed(engine.mask(state), id),
    forced(state, ids) {
      const result: number[] = [];
      let at = state;
      while (!at.ended) {
        const { bytes, behind } = engine.forcedBytes(at, mostBytes);
        const isWhole = behind.accepting && behind.places.length === 0;
        let found =
          bytes.length > 0
            ? forcedIds(bytes, [...Array.from(ids), ...result], isWhole, tokenizer, vocabulary)
            : [];
        if (found.length === 0) {
          const only = onlyToken(at);
          if (only === undefined) return result;
          found = [only];
        }
        for (const id of found) at = engine.accept(at, id);
        result.push(...found);
      }
      return result;
    },
    describe(state) {
      const { bytes } = engine.forcedBytes(state, mostBytes);
      return {
        rules: engine.configurations.rulesOf(state.configuration),
        allowed: allowedCount(state),
        mayEnd: state.configuration.accepting,
        isComplete: isComplete(state),
        forcedText: new TextDecoder().decode(Uint8Array.from(bytes)),
      };
    },
    allowedProbability(state, logits) {
      const total = logSumExp(logits);
      let sum = 0;
      const { bits } = engine.mask(state);
      const width = Math.min(logits.length, vocabulary.vocabSize);
      for (let id = 0; id < width && !state.ended; id++) {
        if ((bits[id >> 5]! >>> (id & 31)) & 1) sum += Math.exp(logits[id]! - total);
      }
      if (state.configuration.accepting) for (const id of endTokenIds) sum += Math.exp(logits[id]! - total);
      return Math.min(1, sum);
    },
  };
}
