import { invalidParameter, type LanguageModel, type Session } from '@nexttoken/model';
import type { Endpoint } from './endpoint';
import { packLogits } from './logits-buffers';
import type { FromWorker, HeldMemory, Request, SessionState, ToWorker } from './protocol';
import { toWireError } from './wire-error';

/**
 * The worker's side: opens one model when asked to and answers calls for it. Aborts arrive between the
 * chunks of a `forward`, because a runtime in the middle of a run hears nothing.
 */
export function serveModel<Options>(
  endpoint: Endpoint,
  openModel: (
    options: Options,
    onLost: (error: unknown) => void,
    signal: AbortSignal,
  ) => Promise<LanguageModel>,
): void {
  const aborts = new Map<number, AbortController>();
  const sessions = new Map<number, Session>();
  let model: LanguageModel | undefined;
  let nextSession = 0;

  const send = (message: FromWorker, transfer?: readonly ArrayBuffer[]) => endpoint.post(message, transfer);
  const sessionOf = (handle: number): Session => {
    const session = sessions.get(handle);
    if (!session) throw invalidParameter('worker', 'session', handle, 'the handle of a live session');
    return session;
  };
  const adopt = (session: Session): SessionState => {
    sessions.set(nextSession, session);
    return { session: nextSession++, lengths: session.lengths };
  };

  async function answer(request: Request, signal: AbortSignal): Promise<void> {
    const { call, method, input } = request;
    const reply = (output: unknown, transfer?: readonly ArrayBuffer[]) =>
      send({ call, output, ...(model ? { memory: heldBy(model) } : {}) }, transfer);
    if (method === 'open') {
      model = await openModel(input as Options, (error) => send({ lost: toWireError(error) }), signal);
      const { modelId, vocabSize, capabilities } = model;
      return reply({ modelId, vocabSize, capabilities, description: model.describe() });
    }
    if (method === 'createSession') return reply(adopt(await model!.createSession(input)));
    if (method === 'dispose') {
      await model?.dispose();
      sessions.clear();
      return reply(null);
    }
    const session = sessionOf(input.session);
    const state = () => ({ session: input.session, lengths: session.lengths });
    if (method === 'fork') return reply(adopt(await session.fork()));
    if (method === 'disposeSession') {
      await session.dispose();
      sessions.delete(input.session);
      return reply(null);
    }
    if (method === 'select') await session.select(input.parents);
    if (method === 'truncate') await session.truncate(input.lengths);
    if (method !== 'forward') return reply(state());
    const result = await session.forward(input.rows, {
      logits: input.logits,
      top: input.top,
      capture: { hiddenStates: input.hiddenStates, attention: input.attention },
      signal,
      onProgress: (progress) => {
        // The answer itself tells that all is done: a step sends one message, not two.
        if (progress.done < progress.total) send({ call, progress });
      },
    });
    const { logits, transfer } = packLogits(result.logits, input.recycle);
    const { hiddenStates, attention, top } = result;
    const captured = {
      ...(hiddenStates && { hiddenStates }),
      ...(attention && { attention }),
      ...(top && { top }),
    };
    const buffers = [...(hiddenStates ?? []), ...(attention ?? [])].flatMap((row) =>
      row ? [row.data.buffer as ArrayBuffer] : [],
    );
    reply({ ...state(), logits, ...captured }, [...transfer, ...buffers]);
  }

  endpoint.listen((message) => {
    const received = message as ToWorker;
    if ('abort' in received) {
      aborts.get(received.abort)?.abort();
      return;
    }
    const abort = new AbortController();
    aborts.set(received.call, abort);
    answer(received, abort.signal)
      .catch((error) => send({ call: received.call, error: toWireError(error) }))
      .finally(() => aborts.delete(received.call));
  });
}

function heldBy(model: LanguageModel): HeldMemory {
  const { cacheBytes, deviceTensors } = model.describe();
  return { cacheBytes, ...(deviceTensors === undefined ? {} : { deviceTensors }) };
}
