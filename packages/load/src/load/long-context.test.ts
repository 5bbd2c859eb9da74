import { hasShared, sharedPath } from '@nexttoken/goldens';
import { describe, expect, test } from 'vitest';
import { rejection } from '../testing/rejection';
import { temporaryFolders } from '../testing/temporary-folder';
import { writePhi3 } from '../testing/write-phi3';
import { load } from './load';

const newFolder = temporaryFolders();

describe('longContext', () => {
  test('takes the factors for longer texts and the whole context', async () => {
    const [folder, cacheFolder] = [await newFolder(), await newFolder()];
    await writePhi3(folder);
    const text = Array.from({ length: 20 }, (_, i) => 5 + i);
    const rows: Float32Array[] = [];
    for (const longContext of [undefined, false, true]) {
      const { model, architecture, dispose } = await load(folder, { longContext, cacheFolder });
      expect([model.capabilities.contextLength, architecture?.contextLength]).toEqual(
        longContext ? [64, 64] : [16, 16],
      );
      const session = await model.createSession();
      const { logits } = await session.forward([text.slice(0, 12)]);
      rows.push(logits[0]!.data.slice());
      const further = session.forward([text.slice(12)]);
      if (longContext) expect((await further).logits[0]!.data.length).toBe(3072);
      else expect(await rejection(further)).toMatchObject({ code: 'context-overflow' });
      await dispose();
    }
    expect(rows[1]).toEqual(rows[0]);
    expect(Math.max(...rows[2]!.map((value, i) => Math.abs(value - rows[0]![i]!)))).toBeGreaterThan(1e-2);
  });

  test.skipIf(!hasShared).each(['stories260k', 'stories260k-onnx/onnx/model.onnx'])(
    'is refused by name for %s',
    async (name) => {
      const cacheFolder = await newFolder();
      const loading = load(sharedPath(`data/models/${name}`), { longContext: true, cacheFolder });
      expect(await rejection(loading)).toMatchObject({
        code: 'unsupported-option',
        details: { option: 'longContext' },
      });
    },
  );
});

test('what only a browser has is refused in Node', async () => {
  for (const option of ['wasmPaths', 'onEvent'])
    expect(await rejection(load('tales', { [option]: () => {} }))).toMatchObject({
      code: 'unsupported-option',
      details: { option },
    });
});
