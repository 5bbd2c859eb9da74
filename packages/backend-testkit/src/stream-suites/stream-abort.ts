import type { StreamEvent } from '@nexttoken/model';
import { check, checkEqual } from '../check/check';
import { rejection } from '../check/check-rejects';
import type { StreamKit } from '../stream-kit/stream-kit';
import type { StreamSuite } from '../stream-kit/stream-suite';

const reason = () => Object.assign(new Error('stopped by the kit'), { name: 'AbortError' });

/** Reads until the first delta, then aborts; what comes must be the reason, soon. */
async function abortInTheMiddle(kit: StreamKit): Promise<void> {
  const controller = new AbortController();
  const stream = kit.model.stream(kit.request({ signal: controller.signal }));
  const events: StreamEvent[] = [];
  try {
    for await (const event of stream) {
      events.push(event);
      if (event.type === 'delta' && !controller.signal.aborted) controller.abort(reason());
    }
  } catch (error) {
    check(error === controller.signal.reason, `expected the signal's reason, got ${error}`);
    return;
  }
  // The rest may have been there already: then the stream has come to its end.
  checkEqual(events.at(-1)?.type, 'finish', 'the last event of a stream that was aborted');
  const late = events.filter(({ type }) => type === 'delta').length;
  check(late < kit.maxNewTokens / 2, `${late} deltas came although the signal was aborted at the first`);
}

/** A stream may be left at any time, by the signal or by leaving the loop. */
export const streamAbortSuite: StreamSuite = {
  name: 'abort',
  tests: [
    {
      name: 'a signal that is aborted already: its reason, and nothing is written',
      run: async (kit) => {
        for (const signal of [AbortSignal.abort(reason()), AbortSignal.abort()]) {
          const iterator = kit.model.stream(kit.request({ signal }))[Symbol.asyncIterator]();
          const error = await rejection(() => iterator.next(), 'next() with an aborted signal');
          check(error === signal.reason, `expected the signal's reason, got ${error}`);
          checkEqual(await iterator.next(), { done: true }, 'next() after the abort');
        }
      },
    },
    {
      name: 'in the middle: the signal’s reason, and the model goes on',
      run: async (kit) => {
        await abortInTheMiddle(kit);
        await kit.read(kit.request());
      },
    },
    {
      name: 'while next() is pending',
      run: async (kit) => {
        const controller = new AbortController();
        const iterator = kit.model.stream(kit.request({ signal: controller.signal }))[Symbol.asyncIterator]();
        const pending = iterator.next().then(
          ({ value }) => ((value as StreamEvent | undefined)?.type === 'delta' ? 'came' : 'ended'),
          (error: unknown) => error,
        );
        controller.abort(reason());
        const outcome = await pending;
        check(
          outcome === 'came' || outcome === controller.signal.reason,
          `expected the signal's reason, got ${outcome}`,
        );
        await iterator.return?.();
      },
    },
    {
      name: 'leaving the loop ends the stream, and the model goes on',
      run: async (kit) => {
        const iterator = kit.model.stream(kit.request())[Symbol.asyncIterator]();
        await iterator.next();
        check(typeof iterator.return === 'function', 'the iterator has no return()');
        await iterator.return!();
        checkEqual(await iterator.next(), { done: true }, 'next() after return()');
        await kit.read(kit.request());
      },
    },
    {
      name: 'live handles come back after each',
      needs: { liveHandles: true },
      run: async (kit) => {
        await kit.read(kit.request());
        const before = JSON.stringify(await kit.liveHandles!());
        const iterator = kit.model.stream(kit.request())[Symbol.asyncIterator]();
        await iterator.next();
        const during = JSON.stringify(await kit.liveHandles!());
        check(during !== before, `liveHandles() is ${before} with and without a stream: it counts nothing`);
        await iterator.return?.();
        await abortInTheMiddle(kit);
        await rejection(
          () =>
            kit.model
              .stream({ prompt: {} } as never)
              [Symbol.asyncIterator]()
              .next(),
          'a refused request',
        );
        checkEqual(await kit.liveHandles!(), JSON.parse(before), 'live handles after streams were left');
      },
    },
  ],
};
