import type { LogitsProcessor, Sampler, StepCapture } from '@nexttoken/model';
import type { LoopEvent } from '../loop/run-rows';
import type { GenerateOptions } from '../options/generate-options';

/** What {@link startRun} takes: what `generate` takes for one row in a session that the run keeps. */
export interface RunOptions
  extends Omit<
    GenerateOptions,
    | 'prompts'
    | 'numReturnSequences'
    | 'seeds'
    | 'negativePrompt'
    | 'maxTime'
    | 'contextOverflow'
    | 'draft'
    | 'capture'
    | 'session'
    | 'previousIds'
  > {
  /** Rows that the record keeps. */
  readonly capture?: StepCapture | undefined;
  /** A hash of the weights: a replay with another one is refused. */
  readonly modelHash?: string | undefined;
  /** Called with every event while the run is made. */
  readonly onEvent?: ((event: LoopEvent) => void) | undefined;
}

/** What a fork does otherwise; what is left out stays as it is in the run. */
export interface RunChanges {
  /** The first step that may differ, from 0 to the number of new ids (which continues the run). */
  readonly step: number;
  /** The id to put at that step. */
  readonly token?: number | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair
  readonly processors?: LogitsProcessor<any> | readonly LogitsProcessor<any>[] | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly sampler?: Sampler<any> | undefined;
  /** Draws from a fresh source of this seed from that step on. */
  readonly seed?: number | undefined;
  /** Counted from the prompt, as in the run. */
  readonly maxNewTokens?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: LoopEvent) => void) | undefined;
}
