import { invalidParameter, NextTokenError } from '@nexttoken/model';
import { checkCount } from './check-count';
import type { ContextOverflow, GenerateOptions } from './generate-options';

/** How long rows may and must become. */
export interface Limits {
  readonly maxNewTokens: number;
  readonly minNewTokens: number;
  readonly maxLength: number;
  /** Seconds. */
  readonly maxTime: number;
  /** 0: never. */
  readonly endTokenInTop: number;
  /** How many ids a full row keeps; `undefined`: it does not slide. */
  readonly slideTo: number | undefined;
  readonly overflowIsError: boolean;
}

const owner = 'generate';

function resolveSlide(contextOverflow: ContextOverflow, contextLength: number): number | undefined {
  if (contextOverflow === 'stop' || contextOverflow === 'error') return undefined;
  if (contextOverflow === 'slide') return contextLength;
  const slideTo = typeof contextOverflow === 'object' ? contextOverflow?.slideTo : undefined;
  if (!Number.isInteger(slideTo) || slideTo! < 1 || slideTo! > contextLength) {
    const expected = `'stop', 'error', 'slide' or { slideTo: an integer in [1, ${contextLength}] }`;
    throw invalidParameter(owner, 'contextOverflow', contextOverflow, expected);
  }
  return slideTo;
}

/**
 * The limits, checked and with their defaults.
 * @throws NextTokenError `invalid-parameter`; `unsupported-capability` where a model that cannot truncate is to
 *   slide
 */
export function resolveLimits(options: GenerateOptions): Limits {
  const { model, maxNewTokens, maxLength, maxTime, endTokenInTop } = options;
  const { minNewTokens = 0, contextOverflow = 'stop' } = options;
  if (maxNewTokens !== undefined || maxLength === undefined) {
    checkCount(owner, 'maxNewTokens', maxNewTokens, 0);
  }
  checkCount(owner, 'minNewTokens', minNewTokens, 0);
  if (maxLength !== undefined) checkCount(owner, 'maxLength', maxLength, 1);
  if (endTokenInTop !== undefined) checkCount(owner, 'endTokenInTop', endTokenInTop, 1);
  if (maxTime !== undefined && !(typeof maxTime === 'number' && maxTime > 0)) {
    throw invalidParameter(owner, 'maxTime', maxTime, 'a number of seconds > 0');
  }
  const slideTo = resolveSlide(contextOverflow, model.capabilities.contextLength);
  if (slideTo !== undefined && !model.capabilities.truncate) {
    throw new NextTokenError('unsupported-capability', 'generate: sliding needs truncate', {
      capability: 'truncate',
      option: 'contextOverflow',
    });
  }
  return {
    maxNewTokens: maxNewTokens ?? Number.POSITIVE_INFINITY,
    minNewTokens,
    maxLength: maxLength ?? Number.POSITIVE_INFINITY,
    maxTime: maxTime ?? Number.POSITIVE_INFINITY,
    endTokenInTop: endTokenInTop ?? 0,
    slideTo,
    overflowIsError: contextOverflow === 'error',
  };
}
