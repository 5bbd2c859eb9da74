import type { GrammarProcessor } from '@nexttoken/grammar';
import { type LogitsProcessor, NextTokenError } from '@nexttoken/model';

/** Where the text stands in its grammar; `undefined` once a token was taken by hand that does not fit. */
interface Place {
  readonly state: ReturnType<GrammarProcessor['initialState']> | undefined;
}

/** A grammar that a text may leave: whoever takes a token that was cut goes on without it. */
export interface KeptTo extends LogitsProcessor<Place> {
  readonly constraint: {
    describe(place: Place): ReturnType<GrammarProcessor['constraint']['describe']>;
    allowedProbability(place: Place, logits: Float32Array): number;
  };
}

export function keptTo({ type, parameters, ...grammar }: GrammarProcessor, vocabSize: number): KeptTo {
  return {
    kind: 'processor',
    type,
    parameters,
    initialState: () => ({ state: grammar.initialState() }),
    accept({ state }, id) {
      if (!state) return { state };
      try {
        return { state: grammar.accept(state, id) };
      } catch (error) {
        if (NextTokenError.isInstance(error) && error.code === 'grammar-violated')
          return { state: undefined };
        throw error;
      }
    },
    process(scores, context, { state }) {
      if (state) grammar.process(scores, context, state);
    },
    constraint: {
      describe: ({ state }) =>
        state
          ? grammar.constraint.describe(state)
          : {
              rules: [['no rule: the text left it']],
              allowed: vocabSize,
              mayEnd: true,
              isComplete: false,
              forcedText: '',
            },
      allowedProbability: ({ state }, logits) =>
        state ? grammar.constraint.allowedProbability(state, logits) : 1,
    },
  };
}
