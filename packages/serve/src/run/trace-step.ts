import type { GenerateStep } from '@nexttoken/generate';
import type { ChainTrace } from '@nexttoken/sampling';
import type { TraceStep } from './choice-part';

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** One step of a run as plain JSON: raw and processed numbers, the draw, and what each stage did. */
export function traceStep(event: GenerateStep, token: string): TraceStep {
  const { step, id, logit, probability, score, share, draw } = event;
  const { trace } = event as { readonly trace?: ChainTrace };
  return {
    step,
    id,
    token,
    logit,
    probability,
    score,
    share,
    ...(draw !== undefined && { draw }),
    ...(trace && {
      stages: trace.stages.map(({ path: _, entropy, entropyBefore, parameters, ...stage }) => ({
        ...stage,
        parameters: plain(parameters),
        entropyBefore: finite(entropyBefore),
        entropy: finite(entropy),
      })),
    }),
  };
}

/** Parameters without what JSON cannot hold. */
const plain = (parameters: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(parameters).filter(([, value]) => typeof value !== 'function'));
