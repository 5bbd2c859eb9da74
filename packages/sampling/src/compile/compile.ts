import {
  checkOptionNames,
  invalidParameter,
  type LogitsProcessor,
  type ProcessorContext,
  type ProcessorRequirements,
  type SampleResult,
  type Sampler,
  type SamplerContext,
} from '@nexttoken/model';
import { chain, type ProcessorChain } from '../chain/chain';
import { chooseToken } from './choose-token';
import { fuseStage } from './fuse-stage';
import type { RowKernel } from './row-kernel';
import { runSteps } from './run-steps';
import { type StageErrorHandler, stagesOf } from './stages-of';
import { denseRow, workspaces } from './workspace';

/** The states of a compiled chain and its sampler; a value. */
export interface CompiledSamplerState {
  readonly processors: readonly unknown[];
  readonly sampler: unknown;
}

/** A chain and the sampler behind it, as one step from raw logits to an id. */
export interface CompiledSampler {
  readonly kind: 'compiled-sampler';
  readonly parameters: { readonly processors: readonly LogitsProcessor[]; readonly sampler: Sampler };
  /** What the chain requires. */
  readonly requires?: ProcessorRequirements;
  initialState(): CompiledSamplerState;
  /** The state after `id` was chosen. */
  accept(state: CompiledSamplerState, id: number): CompiledSamplerState;
  /**
   * Processes and chooses; no processed row is written.
   *
   * @param logits one raw row, shape `[vocabSize]`, not changed
   * @returns the id, the draw where there was one, and the next state where the sampler has one
   * @throws NextTokenError what the chain and the sampler throw: `no-candidates`, `invalid-scores` …
   */
  choose(
    logits: Float32Array,
    context: ProcessorContext & SamplerContext,
    state: CompiledSamplerState,
  ): SampleResult<CompiledSamplerState>;
}

/** Options of {@link compile}. */
export interface CompileOptions {
  /** Does top-p's pass over a row, see `@nexttoken/sampling/simd`; same tokens, same draws. Default: none. */
  readonly kernel?: RowKernel;
  /** Makes the error to throw of what a stage threw. Default: it is thrown as it is. */
  readonly onStageError?: StageErrorHandler;
}

function checkOptions(options: CompileOptions): CompileOptions {
  checkOptionNames('compile', options, ['kernel', 'onStageError']);
  const { kernel, onStageError } = options;
  if (kernel !== undefined && kernel?.kind !== 'row-kernel') {
    throw invalidParameter('compile', 'kernel', kernel, 'a kernel, as `simdKernel()` makes it');
  }
  if (onStageError !== undefined && typeof onStageError !== 'function') {
    throw invalidParameter('compile', 'onStageError', onStageError, 'a function');
  }
  return options;
}

function asChain(processor: LogitsProcessor): ProcessorChain {
  if (processor?.kind !== 'processor') {
    throw invalidParameter('compile', 'processor', processor?.kind, 'a logits processor');
  }
  return processor.type === 'chain' ? (processor as ProcessorChain) : chain(processor);
}

/**
 * Turns a chain into one function that does the same in fewer passes. Stages it knows (temperature, top-k,
 * top-p, min-p, typical-p) find their survivors by selection and hand a shrinking list from one to the
 * next; penalties on repetition that lower scores run behind top-k's selection, on what it has found; every other
 * stage runs as it is, on the row or, where only the survivors' scores matter to it, on the list. A stage is known
 * by who made it: somebody else's `topK` runs as it is. Estimates decide what is clearly in or out; where rounding
 * could move a boundary, the stage itself decides. Same tokens, same scores, same errors as the chain's.
 *
 * @param processor a chain, or a single processor
 * @param options a kernel for the heavy pass, what becomes of errors
 * @returns a chain like the one given (`parameters`, `requires`, states and all), only faster
 *
 * Buffers (24 bytes a token of the vocabulary, and 132 KiB) are made on first use and kept: nothing of the vocabulary's
 * size is allocated while it runs. Cost: about one scan of the row for top-k and min-p, five for top-p, eight
 * for typical-p; a fill where the row is written back.
 */
export function compile(
  processor: LogitsProcessor,
  sampler?: undefined,
  options?: CompileOptions,
): ProcessorChain;
/**
 * The same with a sampler behind it: logits in, id out, without writing a row of scores. Greedy and categorical
 * choose from the list; any other sampler gets its row.
 *
 * Same id and same draw as the chain and the sampler one after the other, given the same random source.
 */
export function compile(
  processor: LogitsProcessor,
  sampler: Sampler,
  options?: CompileOptions,
): CompiledSampler;
export function compile(
  processor: LogitsProcessor,
  sampler?: Sampler,
  options: CompileOptions = {},
): ProcessorChain | CompiledSampler {
  const plain = asChain(processor);
  const { kernel, onStageError } = checkOptions(options);
  const steps = stagesOf(plain).flatMap((stage) => fuseStage(stage, kernel) ?? []);
  const workspaceFor = workspaces();
  if (sampler === undefined) {
    return {
      ...plain,
      process(scores, context, states) {
        const work = workspaceFor(scores, true);
        runSteps(steps, work, context, states, onStageError);
        denseRow(work);
      },
    };
  }
  if (sampler.kind !== 'sampler') throw invalidParameter('compile', 'sampler', sampler.kind, 'a sampler');
  const { requires, parameters } = plain;
  return {
    kind: 'compiled-sampler',
    parameters: { processors: parameters.processors, sampler },
    ...(requires === undefined ? {} : { requires }),
    initialState: () => ({ processors: plain.initialState(), sampler: sampler.initialState?.() }),
    accept: (state, id) => ({ ...state, processors: plain.accept(state.processors, id) }),
    choose(logits, context, state) {
      const work = workspaceFor(logits, false);
      runSteps(steps, work, context, state.processors, onStageError);
      const { id, draw, ...rest } = chooseToken(work, sampler, context, state.sampler);
      return {
        id,
        ...(draw === undefined ? {} : { draw }),
        ...('state' in rest ? { state: { processors: state.processors, sampler: rest.state } } : {}),
      };
    },
  };
}
