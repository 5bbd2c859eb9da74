import { type LanguageModel, NextTokenError, type Session } from '@nexttoken/model';
import { describe, expect, test } from 'vitest';
import type { Endpoint } from './endpoint';
import { RemoteCaller } from './remote-caller';
import { RemoteModel } from './remote-model';
import { serveModel } from './serve-model';

/** Two endpoints that hand structured clones to each other, as threads do. */
function channel(): [Endpoint, Endpoint] {
  const ports = new MessageChannel();
  const endpoint = (port: MessagePort): Endpoint => ({
    post: (message, transfer = []) => port.postMessage(message, [...transfer]),
    listen: (handler) => {
      port.onmessage = ({ data }) => handler(data);
      (port as unknown as { unref?(): void }).unref?.();
    },
  });
  return [endpoint(ports.port1), endpoint(ports.port2)];
}

const failing: LanguageModel = {
  specification: 'nexttoken-model-1',
  modelId: 'failing',
  vocabSize: 4,
  capabilities: {
    logits: 'full',
    allPositions: true,
    hiddenStates: false,
    attention: false,
    maxRows: Number.POSITIVE_INFINITY,
    select: true,
    truncate: true,
    fork: true,
    contextLength: 8,
    device: 'none',
  },
  describe: () => ({ backend: 'none', device: 'none', dtype: 'none', cache: 'none' }),
  createSession: async () =>
    ({
      rowCount: 1,
      lengths: [0],
      forward: async () => {
        throw new NextTokenError('backend-failed', 'no memory', { needed: 12 });
      },
      dispose: async () => {},
    }) as unknown as Session,
  dispose: async () => {},
};

async function connect() {
  const [here, there] = channel();
  serveModel(there, async () => failing);
  const busy: boolean[] = [];
  const caller = new RemoteCaller(here, (now) => busy.push(now));
  const model = new RemoteModel(caller, await caller.call('open', {}), async () => {});
  return { caller, model, busy };
}

describe('RemoteCaller', () => {
  test('errors keep code, message and details across the border', async () => {
    const { model } = await connect();
    const session = await model.createSession();
    await expect(session.forward([[1]])).rejects.toMatchObject({
      code: 'backend-failed',
      message: 'no memory',
      details: { needed: 12 },
    });
  });

  test('infinite capabilities arrive as they are', async () => {
    const { model } = await connect();
    expect(model.capabilities.maxRows).toBe(Number.POSITIVE_INFINITY);
  });

  test('a worker that dies fails the pending and all later calls', async () => {
    const { caller, model } = await connect();
    const pending = model.createSession();
    caller.fail(new Error('gone'));
    await expect(pending).rejects.toMatchObject({ code: 'backend-failed' });
    await expect(model.createSession()).rejects.toThrow('gone');
    await model.dispose();
  });

  test('tells when calls are pending and when none is left', async () => {
    const { busy } = await connect();
    expect(busy).toEqual([true, false]);
  });
});
