import { check } from '../check/check';
import { rejection } from '../check/check-rejects';
import type { StreamSuite } from '../stream-kit/stream-suite';

/** Everything an error shows: its message, stack, own fields and cause. */
function shown(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : shown(error.cause);
  return [error.message, error.stack, JSON.stringify(error), JSON.stringify({ ...error }), cause].join('\n');
}

/** Keys stay where they are. */
export const secretsSuite: StreamSuite = {
  name: 'secrets',
  tests: [
    {
      name: 'no description, no error and no event holds one',
      needs: { secrets: true },
      run: async (kit) => {
        const texts = [
          JSON.stringify(kit.model.describe()),
          JSON.stringify(kit.model.capabilities),
          kit.model.modelId,
        ];
        const { events } = await kit.read(kit.request());
        texts.push(JSON.stringify(events));
        const next = (request: object, model = kit.model) =>
          rejection(
            () =>
              model
                .stream(request as never)
                [Symbol.asyncIterator]()
                .next(),
            'a wrong request',
          );
        texts.push(shown(await next({ ...kit.request(), noSuchOption: 1 })));
        texts.push(shown(await next({})));
        const disposed = await kit.createModel();
        await disposed.dispose();
        texts.push(shown(await next(kit.request(), disposed)));
        for (const secret of kit.secrets) {
          const where = texts.find((text) => text.includes(secret));
          check(where === undefined, () => `a secret stands in: ${where?.replaceAll(secret, '…')}`);
        }
      },
    },
  ],
};
