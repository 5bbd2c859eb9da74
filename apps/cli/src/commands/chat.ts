import { type Chat, chat as converse } from '@nexttoken/generate';
import type { LoadedModel } from '@nexttoken/load';
import { type FinishReason, NextTokenError } from '@nexttoken/model';
import { modelFlags, samplingFlags } from '../arguments/flags';
import type { ParsedArguments } from '../arguments/parsed-arguments';
import { readSampling, type Sampling } from '../model/read-sampling';
import { withModel } from '../model/with-model';
import { escapeControls, safeJson } from '../terminal/escape-controls';
import type { Terminal } from '../terminal/terminal';
import type { Command } from './command';

export const chat: Command = {
  name: 'chat',
  summary: 'talk with a chat model, line by line; Ctrl-D ends it',
  usage: '[TEXT] [flags]',
  remarks: [
    'TEXT, or every line of standard input, is a message; --json prints one object an answer.',
    'Without sampling flags the most probable token is taken. Older messages are left out when',
    'the context is full, and a note says so.',
  ].join('\n'),
  flags: ['system', 'max-new-tokens', ...samplingFlags, 'stop', ...modelFlags, 'json'],
  prepare(args, terminal) {
    const sampling = readSampling(args);
    const maxNewTokens = args.number('max-new-tokens', { integer: true, minimum: 1 }) ?? 128;
    return () =>
      withModel(args, terminal, (loaded) => talk(loaded, { args, terminal, sampling, maxNewTokens }));
  },
};

interface Task {
  readonly args: ParsedArguments;
  readonly terminal: Terminal;
  readonly sampling: Sampling;
  readonly maxNewTokens: number;
}

async function talk(loaded: LoadedModel, task: Task): Promise<void> {
  const { args, terminal, maxNewTokens } = task;
  const { model, tokenizer, chatTemplate, generationConfig, source } = loaded;
  if (!chatTemplate) {
    const message = `${source.name} has no chat template: it is no chat model`;
    throw new NextTokenError('chat-template', message, { reason: 'missing' });
  }
  const { processors, sampler, seed, seedWasDrawn } = task.sampling;
  if (seedWasDrawn) terminal.note(`${terminal.noteStyle.dim(`seed ${seed}`)}\n`);
  const system = args.text('system');
  const conversation = converse({
    model,
    tokenizer,
    chatTemplate,
    processors,
    sampler,
    seed,
    maxNewTokens: Math.min(maxNewTokens, Math.floor(model.capabilities.contextLength / 2)),
    endTokenIds: generationConfig.endTokenIds,
    stopStrings: args.texts('stop'),
    messages: system === undefined ? [] : [{ role: 'system', content: system }],
  });
  const given = args.words.length > 0 ? [args.words.join(' ')] : terminal.readLines('> ');
  try {
    for await (const line of given) {
      if (line.trim() === '') continue;
      await answer(conversation, line, task);
      if (terminal.signal.aborted) break;
    }
  } finally {
    await conversation.dispose();
  }
}

async function answer(conversation: Chat, message: string, { args, terminal }: Task): Promise<void> {
  let text = '';
  let ids: readonly number[] = [];
  let reason: FinishReason = 'aborted';
  let left = 0;
  for await (const event of conversation.send(message, { signal: terminal.signal })) {
    if (event.type === 'trim') {
      left = event.left.length;
      terminal.note(
        `${terminal.noteStyle.dim(`${left} older messages are left out: the context is full`)}\n`,
      );
    }
    if (event.type === 'text' && !args.has('json')) terminal.print(escapeControls(event.text));
    if (event.type !== 'finish') continue;
    ({ text, reason } = event);
    ids = [...event.ids];
  }
  terminal.print(
    args.has('json') ? `${safeJson({ message, text, ids, finish_reason: reason, left_out: left })}\n` : '\n',
  );
}
