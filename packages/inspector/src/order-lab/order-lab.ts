import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import { argmax, logSumExp } from '@nexttoken/numeric';
import type { ChainTrace } from '@nexttoken/sampling';
import { probabilityOf } from '../distribution/probability-of';
import { rowDivergence } from '../distribution/row-divergence';
import { checkRow } from '../next-token/check-row';
import { contextCopies } from '../next-token/context-copies';
import { inBits } from '../next-token/in-bits';
import { traceRow } from '../next-token/trace-row';
import { displayToken } from '../token/display-token';
import type { NamedOrder, OrderDifference, OrderLab, OrderLabOptions, OrderResult } from './order-lab-data';

const owner = 'orderLab';

function resultOf({ name }: NamedOrder, trace: ChainTrace, options: OrderLabOptions): OrderResult {
  const stages = trace.stages.map(inBits);
  const { scores } = trace;
  const id = argmax(scores);
  const share = probabilityOf(scores, id);
  const kept = scores.reduce((count, score) => count + (score > Number.NEGATIVE_INFINITY ? 1 : 0), 0);
  return {
    name,
    stages,
    kept,
    entropy: stages.at(-1)?.entropy ?? 0,
    best: { id, token: displayToken(options.tokenizer, id), share },
  };
}

/** Stages that ran before this one here, and do not there. */
function movedStages(stage: string, here: OrderResult, there: OrderResult): readonly string[] {
  const before = ({ stages }: OrderResult): readonly string[] => {
    const names = stages.map(({ name }) => name);
    return names.slice(0, Math.max(0, names.indexOf(stage)));
  };
  const other = before(there);
  return before(here).filter((name) => !other.includes(name));
}

function explain(
  token: string,
  stage: string,
  here: OrderResult,
  there: OrderResult,
): Pick<OrderDifference, 'because' | 'saw' | 'why'> {
  const own = here.stages.find(({ name }) => name === stage)!;
  const other = there.stages.find(({ name }) => name === stage);
  const because = other ? movedStages(stage, here, there) : [];
  const fact = `${stage} removes ${token} in the order of ${here.name}`;
  if (!other) return { because, why: `${fact}; ${there.name} has no such stage` };
  const saw = [own.entropyBefore, other.entropyBefore] as const;
  const bits = `it sees ${saw[0].toFixed(2)} bits there and ${saw[1].toFixed(2)} in the order of ${there.name}`;
  const cause = because.length > 0 ? `behind ${because.join(', ')}` : 'at another place';
  return { because, saw, why: `${fact}, ${cause}: ${bits}` };
}

/**
 * The same processors in two orders on one row: which tokens only one of them leaves, who removed them in the other,
 * and what ran before that. See {@link presetOrders} for Hugging Face's order against llama.cpp's.
 *
 * @param logits one raw row, shape `[vocabSize]`, not changed
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`, `invalid-scores`, `no-candidates`,
 *   `unsupported-capability`; what the processors throw
 *
 * Cost: both chains stage by stage, and a few passes over the vocabulary.
 */
export function orderLab(
  logits: Float32Array,
  orders: readonly [a: NamedOrder, b: NamedOrder],
  options: OrderLabOptions = {},
): OrderLab {
  checkOptionNames(owner, options, ['context', 'tokenizer', 'top']);
  const { context, tokenizer, top = 20 } = options;
  if (!Number.isInteger(top) || top < 0) throw invalidParameter(owner, 'top', top, 'an integer >= 0');
  checkRow(owner, logits);
  const copy = contextCopies(context);
  const traces = [
    traceRow(logits, orders[0].processors, copy()),
    traceRow(logits, orders[1].processors, copy()),
  ] as const;
  for (const { scores } of traces) checkRow(owner, scores);
  const results = [resultOf(orders[0], traces[0], options), resultOf(orders[1], traces[1], options)] as const;
  const total = logSumExp(logits);
  const totals = traces.map(({ scores }) => logSumExp(scores));
  const isLeft = (side: 0 | 1, id: number): boolean => traces[side].scores[id]! > Number.NEGATIVE_INFINITY;
  const ids = Array.from(logits.keys()).filter((id) => isLeft(0, id) !== isLeft(1, id));
  const differences = ids
    .sort((a, b) => logits[b]! - logits[a]! || a - b)
    .slice(0, top)
    .map((id): OrderDifference => {
      const removedIn = isLeft(0, id) ? 1 : 0;
      const token = displayToken(tokenizer, id);
      const remover = traces[removedIn].removedBy[id]!;
      const removedBy = remover > 0 ? traces[removedIn].stages[remover - 1]!.name : 'the row itself';
      const share = (side: 0 | 1) => Math.exp(traces[side].scores[id]! - totals[side]!);
      const explanation =
        remover > 0
          ? explain(token, removedBy, results[removedIn], results[removedIn === 0 ? 1 : 0])
          : { because: [], why: `${token} has no logit; only one order brings it back` };
      return {
        id,
        token,
        probability: Math.exp(logits[id]! - total),
        shares: [share(0), share(1)],
        removedBy,
        removedIn,
        ...explanation,
      };
    });
  const onlyA = ids.filter((id) => isLeft(0, id)).length;
  return {
    orders: results,
    ...rowDivergence(traces[0].scores, traces[1].scores),
    differing: [onlyA, ids.length - onlyA],
    differences,
  };
}
