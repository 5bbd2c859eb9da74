import { testBackend } from '@nexttoken/backend-testkit';
import { type GoldenArray, goldenFloats, goldenIds, hasShared, readGolden } from '@nexttoken/goldens';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { onnxNodeLiveHandles } from './index';
import { type ExportedModel, exportShared } from './testing/open-shared-model';

interface Golden {
  readonly cases: readonly { readonly ids: GoldenArray; readonly logits: GoldenArray }[];
}

/** A sliding window of 8, and learned positions: rows that are forked, cut and batched must not lose them. */
describe.skipIf(!hasShared).each(['mistral', 'gpt2'])('%s conforms', (family) => {
  const folder = `models/tiny-random-${family}`;
  let exported: ExportedModel;
  beforeAll(async () => {
    exported = await exportShared(`goldens/${folder}`);
  });
  afterAll(() => exported?.remove());
  const { cases } = hasShared ? readGolden<Golden>(`${folder}/expected.json`) : { cases: [] };

  testBackend({
    name: `${family}, in chunks of 7`,
    runner: { describe, test, beforeAll, afterAll },
    reference: cases.map(({ ids, logits }) => ({ ids: goldenIds(ids), logits: goldenFloats(logits) })),
    liveHandles: () => ({ ...onnxNodeLiveHandles() }),
    createModel: () => exported.open({ thread: 'caller', chunkLength: 7 }),
  });
});
