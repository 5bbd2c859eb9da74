import { expect, test } from 'vitest';
import { nodePlatform } from '../node/node-platform';
import { hubOn } from '../platform/hub';
import type { StoredPart } from '../platform/repository-store';
import { noise } from '../testing/noise';
import { files, id } from '../testing/test-files';
import { testHub } from '../testing/test-hub';

/** The functions over a disk that fails in a way of its own. */
function hubWith(change: (part: StoredPart) => StoredPart) {
  return hubOn({
    ...nodePlatform,
    store: (...place) => {
      const store = nodePlatform.store(...place);
      return { ...store, openPart: async (file) => change(await store.openPart(file)) };
    },
  });
}

test.each(['ENOSPC', 'EROFS', 'EDQUOT'])(
  '%s while bytes come is told as it is, and not tried again',
  async (code) => {
    const { hub, options } = await testHub();
    let writes = 0;
    const { downloadModel } = hubWith((part) => ({
      ...part,
      async write() {
        writes++;
        throw Object.assign(new Error('cannot write'), { code });
      },
    }));
    await expect(downloadModel(id, { ...options, parallelFiles: 1 })).rejects.toMatchObject({
      code: 'cache-failed',
      details: { path: expect.any(String), needed: expect.any(Number) },
    });
    expect(writes).toBe(1);
    expect(hub.sent).toBeLessThan(1000);
  },
);

test('bytes that change on the disk never get a name', async () => {
  const { options } = await testHub();
  const { downloadModel, listCachedModels } = hubWith((part) => ({
    ...part,
    write: (bytes, at) =>
      part.write(
        bytes.map((byte, i) => (at + i === 5 ? byte ^ 1 : byte)),
        at,
      ),
  }));
  await expect(downloadModel(id, options)).rejects.toMatchObject({ code: 'checksum-mismatch' });
  expect((await listCachedModels(options)).entries).toMatchObject([{ bytes: 0, worksOffline: false }]);
});

test('a server without ranges that also breaks off: a typed error after some tries', async () => {
  let asked = 0;
  const { options } = await testHub({
    files: { ...files, 'model.safetensors': noise(200_000) },
    misbehave(_, response, content) {
      if (content.length < 1000) return false;
      asked++;
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 50_000), () => setTimeout(() => response.destroy(), 5));
      return true;
    },
  });
  const { downloadModel } = hubOn(nodePlatform);
  await expect(downloadModel(id, { ...options, attempts: 3 })).rejects.toMatchObject({
    code: 'request-failed',
  });
  expect(asked).toBeLessThan(12);
});

test('a plan tells sizes and what is there, and asks for nothing but the listing', async () => {
  const { hub, options } = await testHub();
  const { planDownload, downloadModel, openCachedFile, findCachedModel } = hubOn(nodePlatform);
  const plan = await planDownload(id, options);
  expect(plan).toMatchObject({ id, commit: hub.commit, missingBytes: plan.totalBytes });
  expect(plan.files.map(({ path }) => path).sort()).toEqual([
    'config.json',
    'model.safetensors',
    'tokenizer.json',
  ]);
  expect(hub.sent).toBe(0);
  await downloadModel(id, options);
  expect(await planDownload(id, options)).toMatchObject({ missingBytes: 0 });
  await expect(planDownload(id, { ...options, offline: true })).rejects.toMatchObject({ code: 'offline' });
  expect(await findCachedModel(id, options)).toMatchObject({ isComplete: true, commit: hub.commit });
  const config = await openCachedFile(id, 'config.json', options);
  expect(await config.text()).toBe(Buffer.from(files['config.json']).toString());
  await expect(openCachedFile(id, 'none.json', options)).rejects.toMatchObject({ code: 'file-not-found' });
  await expect(openCachedFile(id, '../../x', options)).rejects.toMatchObject({ code: 'unsafe-path' });
});

test.each([
  ['connections', 0],
  ['parallelFiles', 1.5],
  ['attempts', 0],
  ['stallAfter', Number.NaN],
] as const)('%s: %d is refused by name', async (parameter, value) => {
  const { downloadModel } = hubOn(nodePlatform);
  await expect(downloadModel(id, { [parameter]: value })).rejects.toMatchObject({
    code: 'invalid-parameter',
    details: { parameter },
  });
});
