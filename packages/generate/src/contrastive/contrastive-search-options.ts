import type { GenerateOptions } from '../options/generate-options';

/** What {@link contrastiveSearch} takes: what `generate` takes for one row, and how to weigh. */
export interface ContrastiveSearchOptions
  extends Pick<
    GenerateOptions,
    | 'model'
    | 'tokenizer'
    | 'prompt'
    | 'addSpecialTokens'
    | 'processors'
    | 'maxNewTokens'
    | 'minNewTokens'
    | 'maxLength'
    | 'maxTime'
    | 'endTokenIds'
    | 'stopTokenIds'
    | 'stopStrings'
    | 'stopWhen'
    | 'skipSpecialTokens'
    | 'signal'
  > {
  /** How many of the most probable tokens are weighed, an integer >= 1; 1 is greedy. */
  readonly k: number;
  /** How much repetition counts, a number in [0, 1]; 0 is greedy. */
  readonly alpha: number;
}
