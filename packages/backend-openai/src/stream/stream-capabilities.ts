import type { StreamCapabilities, StreamOption } from '@nexttoken/model';
import type { Dialect } from '../dialects/dialect';
import type { ServerLimits } from '../probe/server-limits';

/** What a server of this dialect honours, within what a probe has found. */
export function streamCapabilities(dialect: Dialect, limits: ServerLimits | undefined): StreamCapabilities {
  const { logprobs, continueFields, prompts } = dialect;
  const maxCandidates = limits?.maxCandidates ?? dialect.maxCandidates;
  const told = prompts.every((kind) => (kind === 'messages' ? logprobs?.chat : logprobs?.text));
  const options: StreamOption[] = [
    ...(Object.keys(dialect.options) as StreamOption[]),
    ...(told && maxCandidates > 0 ? (['logprobs'] as const) : []),
    ...(continueFields && limits?.prefill !== false ? (['continueFinalMessage'] as const) : []),
  ];
  return {
    prompts,
    processors: Object.keys(dialect.processors),
    samplers: Object.keys(dialect.samplers),
    options,
    maxCandidates: told ? maxCandidates : 0,
    maxStopStrings: dialect.maxStopStrings,
    tokenIds: dialect.tokenIds,
    tokenBytes: dialect.tokenBytes,
    deterministic: dialect.deterministic,
    ...(limits?.contextLength !== undefined && { contextLength: limits.contextLength }),
  };
}
