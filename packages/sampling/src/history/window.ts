import { checkOptionNames, invalidParameter, type ProcessorContext } from '@nexttoken/model';
import { checkInteger } from '../parameters/check-integer';

/** Which ids of the row a penalty counts. */
export interface WindowOptions {
  /** Whether the prompt counts as well (llama.cpp), or only what was generated (OpenAI, vLLM); default false. */
  readonly includePrompt?: boolean;
  /** Only the last n ids of the row count; an integer >= 1. Default: all (neutral). */
  readonly lastTokens?: number;
}

/** The options as checked, with the default filled in: what `parameters` shows. */
interface CheckedWindow {
  readonly includePrompt: boolean;
  readonly lastTokens?: number;
}

/** @throws NextTokenError `invalid-parameter`, `unsupported-option` */
export function checkWindow(owner: string, options: WindowOptions): CheckedWindow {
  checkOptionNames(owner, options, ['includePrompt', 'lastTokens']);
  const { includePrompt = false, lastTokens } = options;
  if (typeof includePrompt !== 'boolean') {
    throw invalidParameter(owner, 'includePrompt', includePrompt, 'true or false');
  }
  if (lastTokens === undefined) return { includePrompt };
  checkInteger(owner, 'lastTokens', lastTokens, 1);
  return { includePrompt, lastTokens };
}

/** Index of the first id that counts. */
export function windowStart({ includePrompt, lastTokens }: CheckedWindow, context: ProcessorContext): number {
  const { ids, promptLength } = context;
  return Math.max(includePrompt ? 0 : promptLength, ids.length - (lastTokens ?? ids.length));
}
