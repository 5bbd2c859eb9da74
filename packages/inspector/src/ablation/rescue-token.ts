import { checkOptionNames, type LogitsProcessor, NextTokenError } from '@nexttoken/model';
import { maximum } from '@nexttoken/numeric';
import { chain, fromData } from '@nexttoken/sampling';
import { massBefore } from '../distribution/mass-before';
import { probabilityOf } from '../distribution/probability-of';
import { checkRow } from '../next-token/check-row';
import { contextCopies } from '../next-token/context-copies';
import { traceRow } from '../next-token/trace-row';
import { displayToken } from '../token/display-token';
import type { AblationOptions, RescueChange, TokenRescue } from './ablation-data';
import { partsOf } from './parts-of';

// biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair
type AnyProcessor = LogitsProcessor<any>;

/** The knob of each stage with a closed form, and the value that keeps a token of the row that comes in. */
const knobs: Readonly<
  Record<string, { readonly parameter: string; needed(scores: Float32Array, id: number): number }>
> = {
  topK: {
    parameter: 'k',
    needed: (scores, id) => 1 + scores.reduce((count, score) => count + (score > scores[id]! ? 1 : 0), 0),
  },
  // The nucleus takes a token while less than p comes before it; a hair more is for float32.
  topP: { parameter: 'p', needed: (scores, id) => Math.min(1, massBefore(scores, id) + 1e-6) },
  minP: { parameter: 'p', needed: (scores, id) => Math.exp(scores[id]! - maximum(scores)) * (1 - 1e-6) },
};

function changed(part: AnyProcessor, parameter: string, value: number): AnyProcessor {
  const parameters = { ...part.parameters, [parameter]: value };
  return fromData({ specification: 'nexttoken-sampling-1', kind: 'processor', type: part.type, parameters });
}

/**
 * The least change of each knob that keeps a token: the smallest k, the smallest p, the smallest min-p's opposite, in
 * closed form from the row that came into the stage. Where several stages are in the way, all of them are turned.
 *
 * @param id a token of the row
 * @throws NextTokenError `invalid-token-id`, and as {@link ablateProcessors}
 * Cost: the chain once for each stage in the way.
 */
export function rescueToken(
  logits: Float32Array,
  id: number,
  options: Omit<AblationOptions, 'top'>,
): TokenRescue {
  checkOptionNames('rescueToken', options, ['processors', 'context', 'tokenizer']);
  const { processors, context, tokenizer } = options;
  checkRow('rescueToken', logits);
  if (!(Number.isInteger(id) && id >= 0 && id < logits.length)) {
    const message = `rescueToken: ${id} is not in [0, ${logits.length})`;
    throw new NextTokenError('invalid-token-id', message, { id, vocabSize: logits.length });
  }
  const parts = [...partsOf([processors].flat())];
  const copy = contextCopies(context);
  const changes: RescueChange[] = [];
  let removedBy: string | undefined;
  let scores = logits;
  for (let turn = 0; turn <= parts.length; turn++) {
    const trace = traceRow(logits, chain(...parts), copy());
    scores = trace.scores;
    const index = trace.removedBy[id]! - 1;
    if (index < 0) break;
    const { name, type } = trace.stages[index]!;
    removedBy ??= name;
    const knob = knobs[type];
    if (!knob || changes.some(({ stage }) => stage === name)) break;
    const before = traceRow(logits, chain(...parts.slice(0, index)), copy()).scores;
    const to = knob.needed(before, id);
    changes.push({
      stage: name,
      parameter: knob.parameter,
      from: Number(parts[index]!.parameters[knob.parameter]),
      to,
    });
    parts[index] = changed(parts[index]!, knob.parameter, to);
  }
  const rescued = scores[id]! > Number.NEGATIVE_INFINITY;
  return {
    id,
    token: displayToken(tokenizer, id),
    probability: probabilityOf(logits, id),
    ...(removedBy !== undefined && { removedBy }),
    changes,
    rescued,
    share: probabilityOf(scores, id),
  };
}
