import { initialSettings } from '@nexttoken/inspector-elements/sampling-settings';
import { afterAll, expect, test, vi } from 'vitest';
import type { CallContext } from '../remote/serve-calls';
import { engineHandlers } from './engine';
import { Models } from './models';

/** What is open now. */
const held = vi.hoisted(() => ({ models: 0, sessions: 0 }));

/** Counts one up, and down again when the thing is disposed for the first time. */
function counted<Thing extends { dispose(): Promise<void> }>(what: keyof typeof held, thing: Thing): Thing {
  const dispose = thing.dispose.bind(thing);
  let isOpen = true;
  held[what]++;
  thing.dispose = async () => {
    if (isOpen) held[what]--;
    isOpen = false;
    await dispose();
  };
  return thing;
}

vi.mock('@nexttoken/load', async (original) => {
  const actual = await original<typeof import('@nexttoken/load')>();
  const load: typeof actual.load = async (name, options) => {
    const loaded = await actual.load(name, options);
    const createSession = loaded.model.createSession.bind(loaded.model);
    loaded.model.createSession = async (wanted) => counted('sessions', await createSession(wanted));
    return counted('models', { ...loaded });
  };
  return { ...actual, load };
});

const models = new Models();
const handlers = engineHandlers(models);
const settings = initialSettings;
const open = (name: string) => handlers.open({ name }, context());

function context<Event>(): CallContext<Event> {
  return { signal: new AbortController().signal, emit: () => undefined };
}

async function shape(model: string) {
  const { ids } = await handlers.encode({ model, text: 'Once upon a time' }, context());
  const position = { model, ids, promptLength: ids.length };
  return { position, shaped: handlers.shape({ ...position, settings, top: 3 }, context()) };
}

afterAll(() => Promise.all(['tales', 'tales-chat'].map((name) => models.close(name))));

test('one session serves all texts of a model; a model that is closed leaves nothing behind', async () => {
  await open('tales');
  const { position, shaped } = await shape('tales');
  await shaped;
  const request = { ...position, settings, atMost: 3, to: 'end' } as const;
  await handlers.generate(request, context());
  await handlers.positions({ model: 'tales', ids: position.ids, top: 2 }, context());
  const side = { model: 'tales', as: 'text' } as const;
  await open('tales-chat');
  const sides = [side, { model: 'tales-chat', as: 'text' }] as const;
  await handlers.compare({ sides, prompt: 'Once', settings, atMost: 2 }, context());
  expect(held).toEqual({ models: 2, sessions: 2 });
  const before = (await models.get('tales')).loaded.model;
  // What runs is waited for, then everything goes.
  const running = (await shape('tales')).shaped;
  await Promise.all([running, handlers.close({ name: 'tales' }, context())]);
  expect(held).toEqual({ models: 1, sessions: 1 });
  await expect(before.createSession()).rejects.toMatchObject({ code: 'disposed' });
  await expect((await shape('tales-chat')).shaped).resolves.toBeDefined();
  await expect(handlers.encode({ model: 'tales', text: 'x' }, context())).rejects.toMatchObject({
    code: 'model-not-found',
  });
  await handlers.close({ name: 'tales-chat' }, context());
  expect(held).toEqual({ models: 0, sessions: 0 });
});

test('heads are looked at through a second model, which lasts as long as its view', async () => {
  await open('tales');
  const { position, shaped } = await shape('tales');
  await shaped;
  const heads = { layer: 0, head: 0, mass: 0.9, ignoreFirst: false, isSure: false };
  const asked = { model: 'tales', ids: position.ids, ...heads };
  const { head } = await handlers.attention(asked, context());
  expect(head.tokens).toHaveLength(position.ids.length);
  expect(held).toEqual({ models: 2, sessions: 1 });
  await handlers.closeHeads({ model: 'tales' }, context());
  expect(held).toEqual({ models: 1, sessions: 1 });
  // It comes back when it is asked for again, and goes with its model.
  const again = await handlers.attention({ ...asked, head: 1 }, context());
  expect(again.head.head).toBe(1);
  expect(held.models).toBe(2);
  await handlers.close({ name: 'tales' }, context());
  expect(held).toEqual({ models: 0, sessions: 0 });
});
