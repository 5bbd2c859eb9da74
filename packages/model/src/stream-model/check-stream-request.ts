import { checkOptionNames } from '../errors/check-option-names';
import { invalidParameter } from '../errors/invalid-parameter';
import { NextTokenError } from '../errors/next-token-error';
import { checkStreamPrompt } from './check-stream-prompt';
import type { StreamCapabilities, StreamOption } from './stream-capabilities';
import { streamProcessors } from './stream-processors';
import type { StreamRequest } from './stream-request';

const options: readonly StreamOption[] = [
  'maxNewTokens',
  'minNewTokens',
  'stopStrings',
  'stopTokenIds',
  'seed',
  'logprobs',
  'promptLogprobs',
  'continueFinalMessage',
];
const names = (): string[] => ['prompt', 'processors', 'sampler', ...options, 'signal'];

// As literals: bundlers keep a power that nobody uses.
const any = 9_007_199_254_740_991;
/** Least legal value of the whole numbers, and the largest. */
const ranges = {
  maxNewTokens: [1, any],
  minNewTokens: [0, any],
  seed: [0, 4_294_967_295],
  logprobs: [0, any],
  promptLogprobs: [0, any],
} as const;

/**
 * Refuses a request that a stream model cannot honour, by name: what every adapter does before it sends anything.
 * Parameters of processors and the order of a chain are the adapter's own to check.
 * @param owner what refuses, e.g. `openai`
 * @throws NextTokenError `unsupported-option` (details: option; processor or sampler where one is meant; known),
 *   `invalid-parameter`, `empty-prompt`; the signal's reason where it is aborted
 */
export function checkStreamRequest(
  owner: string,
  capabilities: StreamCapabilities,
  request: StreamRequest,
): void {
  checkOptionNames(owner, request, names());
  checkStreamPrompt(owner, capabilities, request);
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value = request[name as keyof typeof ranges];
    if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) continue;
    throw invalidParameter(owner, name, value, `a whole number from ${least} to ${most}`);
  }
  for (const option of options) {
    const value = request[option];
    const neutral = value === undefined || value === false || (Array.isArray(value) && value.length === 0);
    const none = option === 'minNewTokens' && value === 0;
    if (neutral || none || capabilities.options.includes(option)) continue;
    throw unsupported(owner, { option, known: capabilities.options });
  }
  checkStops(owner, capabilities, request);
  for (const option of ['logprobs', 'promptLogprobs'] as const) {
    if ((request[option] ?? 0) <= capabilities.maxCandidates) continue;
    const { maxCandidates } = capabilities;
    throw unsupported(owner, { option, value: request[option], maxCandidates });
  }
  for (const { type: processor } of streamProcessors(request)) {
    if (capabilities.processors.includes(processor)) continue;
    throw unsupported(owner, { option: 'processors', processor, known: capabilities.processors });
  }
  const sampler = request.sampler?.type ?? 'categorical';
  if (!capabilities.samplers.includes(sampler)) {
    throw unsupported(owner, { option: 'sampler', sampler, known: capabilities.samplers });
  }
  request.signal?.throwIfAborted();
}

function checkStops(owner: string, { maxStopStrings }: StreamCapabilities, request: StreamRequest): void {
  const { stopStrings = [], stopTokenIds = [] } = request;
  for (const text of stopStrings) {
    if (typeof text === 'string' && text !== '') continue;
    throw invalidParameter(owner, 'stopStrings', text, 'texts that are not empty');
  }
  for (const id of stopTokenIds) {
    if (Number.isInteger(id) && id >= 0) continue;
    throw invalidParameter(owner, 'stopTokenIds', id, 'token ids');
  }
  if (stopStrings.length <= maxStopStrings) return;
  throw unsupported(owner, { option: 'stopStrings', value: stopStrings.length, maxStopStrings });
}

function unsupported(owner: string, details: Record<string, unknown> & { option: string }): NextTokenError {
  const { option, processor, sampler } = details;
  const what = processor ?? sampler ?? (details.value === undefined ? '' : details.value);
  const message = `${owner}: the server cannot honour ${option}${what === '' ? '' : ` ${what}`}`;
  return new NextTokenError('unsupported-option', message, { owner, ...details });
}
