import { type ReplayOptions, verifyRun } from '@nexttoken/generate';
import { checkOptionNames, type LanguageModel } from '@nexttoken/model';
import type { Trace, TraceVerification } from './trace-data';
import { verifyChain } from './verify-chain';

/** What {@link verifyTrace} takes: what `replayRun` does, and a model only to run the whole again. */
export interface VerifyTraceOptions
  extends Pick<ReplayOptions, 'tokenizer' | 'processors' | 'sampler' | 'stopWhen' | 'modelHash' | 'signal'> {
  readonly model?: LanguageModel | undefined;
}

/**
 * Proves a trace, as far as it can be: the chain and the sampler are run again on the recorded rows, and every number is
 * compared to the bit; with a model the whole run is made again, and the ids are compared. Says the first step that differs.
 *
 * @throws NextTokenError `unsupported-option`, and of the model's run what `verifyRun` throws; the signal's reason
 * Cost: the chain for every step; with a model the generation.
 */
export async function verifyTrace(
  trace: Trace,
  options: VerifyTraceOptions = {},
): Promise<TraceVerification> {
  checkOptionNames('verifyTrace', options, [
    'model',
    'tokenizer',
    'processors',
    'sampler',
    'stopWhen',
    'modelHash',
    'signal',
  ]);
  const { model, modelHash, ...rest } = options;
  const chain = await verifyChain(trace, rest);
  const run = model && (await verifyRun(trace.run, { ...rest, model, modelHash }));
  return {
    same: chain.firstDifference === undefined && (run?.same ?? chain.skipped === undefined),
    chain,
    ...(run && { model: run }),
  };
}
