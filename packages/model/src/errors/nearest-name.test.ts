import { describe, expect, test } from 'vitest';
import { nearestName } from './nearest-name';

const known = ['model', 'maxNewTokens', 'stopStrings', 'endTokenIds', 'seed', 'minP'];

describe('nearestName', () => {
  test.each([
    ['max_new_tokens', 'maxNewTokens'],
    ['maxTokens', 'maxNewTokens'],
    ['stop', 'stopStrings'],
    ['endTokenId', 'endTokenIds'],
    ['sead', 'seed'],
    ['MIN_P', 'minP'],
  ])('%s → %s, in any order', (name, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
    expect(nearestName(name, [...known].reverse())).toBe(nearest);
  });

  test('the first one of equals', () => {
    expect(nearestName('tap', ['tip', 'top'])).toBe('tip');
    expect(nearestName('tap', ['top', 'tip'])).toBe('top');
  });

  test('nothing is near when nothing is known', () => expect(nearestName('seed', [])).toBeUndefined());
});
