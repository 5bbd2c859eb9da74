import { NextTokenError } from '@nexttoken/model';
import type { Architecture } from './architecture';

/** Refuses head counts and sizes that attention cannot be computed with; returns what it got. */
export function checkHeads(path: string, architecture: Architecture): Architecture {
  const { headCount, keyValueHeadCount, headSize } = architecture;
  if (headCount % keyValueHeadCount !== 0) {
    throw new NextTokenError(
      'invalid-config',
      `${path}: ${headCount} query heads cannot share ${keyValueHeadCount} key-value heads evenly`,
      { path, field: 'keyValueHeadCount', value: keyValueHeadCount, expected: `a divisor of ${headCount}` },
    );
  }
  if (!Number.isInteger(headSize) || (architecture.rope && headSize % 2 !== 0)) {
    throw new NextTokenError(
      'invalid-config',
      `${path}: the head size must be even for rotary embeddings, got ${headSize}`,
      { path, field: 'headSize', value: headSize, expected: 'an even number' },
    );
  }
  return architecture;
}
