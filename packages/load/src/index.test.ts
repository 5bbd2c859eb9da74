import { describe, expect, expectTypeOf, it } from 'vitest';
import * as node from './index';
import * as browser from './index.browser';

describe('the two entries', () => {
  it('export the same names', () => {
    expect(Object.keys(browser).sort()).toEqual(Object.keys(node).sort());
    expect(Object.keys(node).sort()).toEqual([
      'clearWeightsCache',
      'embeddedNames',
      'listWeightsCache',
      'load',
      'loadTokenizer',
      'openCheckpoint',
    ]);
  });

  it('export the same types', () => {
    expectTypeOf<typeof browser>().toEqualTypeOf<typeof node>();
  });

  it('the package itself resolves to the Node entry here', async () => {
    const resolved = await import('@nexttoken/load');
    expect(resolved.load).toBe(node.load);
  });
});
