import { expect, expectTypeOf, test } from 'vitest';
import * as node from './index';
import * as browser from './index.browser';

test('both entries export the same names and types', () => {
  expect(Object.keys(browser).sort()).toEqual(Object.keys(node).sort());
  expectTypeOf<typeof browser>().toEqualTypeOf<typeof node>();
});

test('where a browser keeps no files, that is said by its code', async () => {
  for (const call of [browser.listCachedModels(), browser.findCachedModel('some/model')])
    await expect(call).rejects.toMatchObject({ code: 'unsupported-capability' });
});
