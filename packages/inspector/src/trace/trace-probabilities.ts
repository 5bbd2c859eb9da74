import { visibleText } from '../token/visible-text';
import type { TokenProbabilities, TokenProbabilityRow } from '../token-probabilities/token-probabilities';
import type { Trace } from './trace-data';

/**
 * The chosen tokens of a trace as a table, as `tokenProbabilities` makes it of events; steps that were put by hand have no
 * numbers and are left out. Tokens are those that the file names, else `#id`; texts are not known and empty.
 */
export function traceProbabilities({ header: { run, tokens = [] } }: Trace): TokenProbabilities {
  const names = new Map(tokens);
  let sum = 0;
  const rows = run.ids.flatMap((id, step): TokenProbabilityRow[] => {
    const numbers = run.steps[step];
    if (!numbers) return [];
    sum += Math.log(numbers.probability);
    const draw = run.draws[step];
    return [
      {
        step,
        id,
        token: visibleText(names.get(id) ?? `#${id}`),
        text: '',
        ...numbers,
        ...(typeof draw === 'number' && { draw }),
        cumulativeLogProbability: sum,
      },
    ];
  });
  const perplexity = rows.length > 0 ? Math.exp(-sum / rows.length) : undefined;
  return { rows, logProbability: sum, perplexity };
}
