import type { ChatMessage, ChatTemplate } from '@nexttoken/model';
import { categorical } from '@nexttoken/sampling';
import { describe, expect, test } from 'vitest';
import { collect } from '../events/collect';
import { generate } from '../loop/generate';
import { createPieceTokenizer, createTestModel, hashedLogits } from '../testing';
import { chat } from './chat';
import { fitMessages } from './fit-messages';

const pieces = ['<|u|>', '<|a|>', '<|s|>', '<|end|>', 'a', 'b', 'c', 'd'];
const tokenizer = createPieceTokenizer(pieces, { special: pieces.slice(0, 4), eos: 3 });
const chatTemplate: ChatTemplate = {
  source: '',
  render: (messages, { addGenerationPrompt } = {}) =>
    messages.map(({ role, content }) => `<|${role[0]}|>${content}<|end|>`).join('') +
    (addGenerationPrompt ? '<|a|>' : ''),
};
const create = (contextLength = 200) =>
  createTestModel({ vocabSize: 8, contextLength, logitsAfter: hashedLogits(8) });

async function answerOf(events: AsyncIterable<{ readonly type: string }>) {
  const list = [];
  for await (const event of events) list.push(event as { type: string; text?: string; left?: ChatMessage[] });
  return list;
}

describe('chat', () => {
  test('each answer is what generate says to the rendered messages; what was read is not read again', async () => {
    const model = create();
    const options = { model, tokenizer, maxNewTokens: 6 };
    const talk = chat({ ...options, chatTemplate, messages: [{ role: 'system', content: 'ab' }] });
    for (const question of ['a', 'bc', 'd']) {
      const before = [...talk.messages, { role: 'user', content: question }];
      const prompt = tokenizer.encode(chatTemplate.render(before, { addGenerationPrompt: true })).ids;
      const expected = await collect(generate({ ...options, model: create(), prompt }));
      await answerOf(talk.send(question));
      expect(talk.messages.at(-1)).toEqual({ role: 'assistant', content: expected.text });
    }
    expect(talk.messages).toHaveLength(7);
    const read = model.log.forwards.flatMap(([row]) => row!);
    const last = tokenizer.encode(
      chatTemplate.render(talk.messages.slice(0, -1), { addGenerationPrompt: true }),
    );
    expect(read.length).toBeLessThan(last.ids.length + 4 * 6);
    await talk.dispose();
    expect(model.log).toMatchObject({ liveSessions: 0, createdSessions: 1 });
  });

  test('one source for all answers', async () => {
    const draws = async (seed: number) => {
      const options = { model: create(), tokenizer, chatTemplate, maxNewTokens: 5, endTokenIds: [] };
      const talk = chat({ ...options, sampler: categorical(), seed });
      for (const question of ['a', 'a', 'a']) await answerOf(talk.send(question));
      await talk.dispose();
      return talk.messages.map(({ content }) => content).join('|');
    };
    expect(await draws(1)).toBe(await draws(1));
    expect(await draws(1)).not.toBe(await draws(2));
  });

  test('leaves out the oldest turns by tokens, and says so; the system message stays', async () => {
    const model = create();
    const options = { model, tokenizer, chatTemplate, maxNewTokens: 2, maxPromptTokens: 14, endTokenIds: [] };
    const talk = chat({ ...options, messages: [{ role: 'system', content: 'd' }] });
    await answerOf(talk.send('aa'));
    await answerOf(talk.send('bb'));
    const events = await answerOf(talk.send('cc'));
    expect(events[0]).toMatchObject({ type: 'trim', left: [{ content: 'aa' }, { role: 'assistant' }] });
    expect(talk.messages).toHaveLength(7);
    await expect(answerOf(talk.send('abcdabcdabcd'))).rejects.toMatchObject({ code: 'context-overflow' });
    expect(talk.messages).toHaveLength(7);
    await talk.dispose();
    expect(model.log.liveSessions).toBe(0);
  });

  test('fitMessages begins with a turn of the user', () => {
    const messages = ['system', 'user', 'assistant', 'assistant', 'user'].map((role) => ({
      role,
      content: 'a',
    }));
    const encode = (list: readonly ChatMessage[]) => new Int32Array(list.length);
    expect(fitMessages(messages, 5, encode).left).toEqual([]);
    expect(fitMessages(messages, 4, encode).left).toHaveLength(3);
    expect(fitMessages(messages, 2, encode).ids).toHaveLength(2);
    expect(() => fitMessages(messages, 1, encode)).toThrow(/needs 2 of 1 tokens/);
  });

  test('an abort keeps the partial answer; the next one goes on from it', async () => {
    const model = create();
    const talk = chat({
      model,
      tokenizer,
      chatTemplate,
      maxNewTokens: 20,
      endTokenIds: [],
      skipSpecialTokens: false,
    });
    const controller = new AbortController();
    let steps = 0;
    let text = '';
    for await (const event of talk.send('a', { signal: controller.signal })) {
      if (event.type === 'text') text += event.text;
      if (event.type === 'step' && ++steps === 3) controller.abort();
      if (event.type === 'finish') expect(event.reason).toBe('aborted');
    }
    expect(talk.messages.at(-1)).toEqual({ role: 'assistant', content: text });
    for await (const event of talk.send('b')) if (event.type === 'step') break;
    expect(talk.messages).toHaveLength(4);
    await talk.dispose();
    expect(model.log.liveSessions).toBe(0);
  });

  test('an error leaves the conversation as it was', async () => {
    const model = create();
    let failing = false;
    const stopWhen = () => {
      if (failing) throw new Error('no');
      return false;
    };
    const talk = chat({ model, tokenizer, chatTemplate, maxNewTokens: 3, stopWhen });
    await answerOf(talk.send('a'));
    failing = true;
    await expect(answerOf(talk.send('b'))).rejects.toMatchObject({ code: 'stop-condition-failed' });
    expect(talk.messages).toHaveLength(2);
    failing = false;
    await answerOf(talk.send('b'));
    expect(talk.messages).toHaveLength(4);
    await talk.dispose();
    await expect(answerOf(talk.send('c'))).rejects.toMatchObject({ code: 'disposed' });
    expect(model.log.liveSessions).toBe(0);
  });

  test('one answer at a time; options that a chat cannot honour are refused', async () => {
    const model = create();
    const talk = chat({ model, tokenizer, chatTemplate, maxNewTokens: 3 });
    const running = talk.send('a');
    await running.next();
    await expect(talk.send('b').next()).rejects.toMatchObject({ code: 'session-busy' });
    await running.return();
    await talk.dispose();
    expect(() => chat({ model, tokenizer, chatTemplate, maxNewTokens: 3, prompt: 'a' } as never)).toThrow(
      expect.objectContaining({ code: 'unsupported-option' }),
    );
    expect(() => chat({ model, tokenizer, maxNewTokens: 3 } as never)).toThrow(/chatTemplate must be/);
    expect(model.log.liveSessions).toBe(0);
  });
});
