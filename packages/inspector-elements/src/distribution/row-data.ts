import {
  displayToken,
  type NextTokenRow,
  type NextTokenTable,
  nextTokenTable,
  type Processors,
} from '@nexttoken/inspector';
import type { ProcessorContext, Tokenizer } from '@nexttoken/model';
import { logSumExp } from '@nexttoken/numeric';
import { type ChainTrace, chain, traceChain } from '@nexttoken/sampling';

/** A raw row, and what reshapes it. */
export interface RowSource {
  readonly logits: Float32Array;
  readonly tokenizer: Tokenizer | undefined;
  readonly processors: Processors | undefined;
  readonly context: Partial<ProcessorContext> | undefined;
}

/** What the element draws. */
export interface RowData {
  readonly table: NextTokenTable;
  /** Scores behind each stage, by id; only of the rows of the table, and only when they were asked for. */
  readonly scores?: ReadonlyMap<number, readonly number[]>;
}

const empty = { ids: [], promptLength: 0, row: 0, batchItem: 0 };

function traceOf({ logits, processors, context }: RowSource, ids: readonly number[]): ChainTrace {
  return traceChain(chain(...[processors ?? []].flat()), logits, { ...empty, ...context }, { ids });
}

/** The table of a row, and the scores between the stages. */
export function readRow(
  source: RowSource,
  options: { readonly top: number; readonly orderBy: 'logit' | 'score'; readonly withScores: boolean },
): RowData {
  const { logits, tokenizer, processors, context } = source;
  const { top, orderBy, withScores } = options;
  const table = nextTokenTable(logits, tokenizer, { top, orderBy, processors, context });
  if (!withScores || !processors) return { table };
  const trace = traceOf(
    source,
    table.rows.map(({ id }) => id),
  );
  return { table, scores: new Map(trace.tokens.map(({ id, scores }) => [id, scores])) };
}

/** Rows of single tokens, wherever they rank. */
export function rowsOfIds(source: RowSource, ids: readonly number[]): NextTokenRow[] {
  const { logits, tokenizer, processors } = source;
  const trace = processors && traceOf(source, []);
  const logTotal = logSumExp(logits);
  const logTotalScores = trace ? logSumExp(trace.scores) : 0;
  return ids.map((id) => {
    const logit = logits[id]!;
    const score = trace?.scores[id];
    const remover = trace?.stages[trace.removedBy[id]! - 1]?.name;
    let rank = 1;
    for (let other = 0; other < logits.length; other++)
      if (logits[other]! > logit || (logits[other] === logit && other < id)) rank++;
    return {
      rank,
      id,
      token: displayToken(tokenizer, id),
      text: '',
      logit,
      probability: Math.exp(logit - logTotal),
      ...(score !== undefined && {
        score,
        share: score === Number.NEGATIVE_INFINITY ? 0 : Math.exp(score - logTotalScores),
      }),
      ...(remover !== undefined && { removedBy: remover }),
    };
  });
}
