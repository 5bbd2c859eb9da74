import { describe, expect, test } from 'vitest';
import { nearestName } from './nearest-name';

const known = ['model', 'maxNewTokens', 'stopStrings', 'endTokenIds', 'seed'];

describe('nearestName', () => {
  test.each([
    ['max_new_tokens', 'maxNewTokens'],
    ['maxTokens', 'maxNewTokens'],
    ['stop', 'stopStrings'],
    ['endTokenId', 'endTokenIds'],
    ['sead', 'seed'],
  ])('%s → %s', (name, nearest) => expect(nearestName(name, [...known].reverse())).toBe(nearest));

  test('nothing is near when nothing is known', () => expect(nearestName('seed', [])).toBeUndefined());
});
