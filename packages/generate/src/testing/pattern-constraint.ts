import type { Tokenizer } from '@nexttoken/model';
import type { ConstrainingProcessor } from '../constraint/constraining-processor';

/**
 * A grammar of texts of one length: for every place the characters that may stand there, then the end token. The text
 * of places with one character is forced, as the tokenizer cuts it, without its last token unless the end follows.
 */
export function patternConstraint(
  places: readonly string[],
  tokenizer: Tokenizer,
): ConstrainingProcessor<number> {
  const end = tokenizer.specialTokens.eos!;
  const behind = (state: number, id: number): number | undefined => {
    if (id === end) return state === places.length ? state + 1 : undefined;
    const text = tokenizer.tokenOf(id)!;
    const fits = [...text].every((character, index) => places[state + index]?.includes(character));
    return fits ? state + text.length : undefined;
  };
  const allowed = (state: number): number[] =>
    Array.from({ length: tokenizer.vocabSize }, (_, id) => id).filter(
      (id) => behind(state, id) !== undefined,
    );
  const forcedText = (state: number): string => {
    const choice = places.findIndex(({ length }, index) => index >= state && length > 1);
    return places.slice(state, choice < 0 ? undefined : choice).join('');
  };
  return {
    kind: 'processor',
    type: 'pattern',
    parameters: {},
    initialState: () => 0,
    accept: (state, id) => behind(state, id)!,
    process(scores, _context, state) {
      for (let id = 0; id < scores.length; id++)
        if (behind(state, id) === undefined) scores[id] = Number.NEGATIVE_INFINITY;
    },
    constraint: {
      endTokenIds: [end],
      isComplete: (state) => state > places.length,
      forced(state) {
        if (state > places.length) return [];
        const text = forcedText(state);
        const { ids } = tokenizer.encode(text);
        return state + text.length === places.length ? [...ids, end] : Array.from(ids.slice(0, -1));
      },
      describe: (state) => ({
        rules: [],
        allowed: allowed(state).length,
        mayEnd: state === places.length,
        isComplete: state > places.length,
        forcedText: forcedText(state),
      }),
      allowedProbability: () => 1,
    },
  };
}
