import { type GenerateEvent, generate as run } from '@nexttoken/generate';
import type { LoadedModel } from '@nexttoken/load';
import { invalidParameter } from '@nexttoken/model';
import { grammarFlags, modelFlags, promptFlags, samplingFlags } from '../arguments/flags';
import type { ParsedArguments } from '../arguments/parsed-arguments';
import { promptIds } from '../model/prompt-ids';
import { type MakeGrammar, readGrammar } from '../model/read-grammar';
import { readSampling, type Sampling } from '../model/read-sampling';
import { modelName, withModel } from '../model/with-model';
import { emptyResult, type GenerationResult, generationStep } from '../output/generation-result';
import { encodePrompt } from '../prompt/encode-prompt';
import { checkPromptFlags, type Prompt, readPrompt } from '../prompt/read-prompt';
import { escapeControls, safeJson } from '../terminal/escape-controls';
import type { Terminal } from '../terminal/terminal';
import { recordRun } from '../trace/record-run';
import { exploreTokens } from '../tui/explore-tokens';
import type { Command } from './command';

export const generate: Command = {
  name: 'generate',
  summary: 'continue a text; Ctrl-C keeps what was generated',
  usage: '[TEXT] [flags]',
  remarks:
    'Any of --temperature, --top-k, --top-p, --min-p, --typical-p, --seed asks for sampling;\nwithout them the most probable token is taken.',
  flags: [
    ...promptFlags,
    'max-new-tokens',
    ...samplingFlags,
    ...grammarFlags,
    'stop',
    'trace',
    'tui',
    ...modelFlags,
    'json',
  ],
  async prepare(args, terminal) {
    checkPromptFlags(args);
    const task: Task = {
      args,
      terminal,
      sampling: readSampling(args),
      maxNewTokens: args.number('max-new-tokens', { integer: true, minimum: 0 }) ?? 64,
      prompt: await readPrompt(args, terminal),
      makeGrammar: await readGrammar(args),
    };
    if (args.has('tui')) {
      const unread = (['json', 'trace', 'stop', 'max-new-tokens', ...grammarFlags] as const).find((flag) =>
        args.has(flag),
      );
      if (unread) throw invalidParameter('nexttoken', `--${unread}`, '--tui', 'given without --tui');
      return () =>
        withModel(args, terminal, (loaded) =>
          exploreTokens(loaded, promptIds(loaded, task.prompt, args), task),
        );
    }
    return async () => {
      const result = await withModel(args, terminal, (loaded) => continuePrompt(loaded, task)).catch(
        (error: unknown) => {
          if (!terminal.signal.aborted) throw error;
          if (!args.has('json')) noteLine(terminal, '0 tokens, aborted');
          return emptyResult(task.prompt, task.sampling.seed);
        },
      );
      if (args.has('json')) terminal.print(`${safeJson(result)}\n`);
    };
  },
};

interface Task {
  readonly args: ParsedArguments;
  readonly terminal: Terminal;
  readonly sampling: Sampling;
  readonly maxNewTokens: number;
  readonly prompt: Prompt;
  readonly makeGrammar: MakeGrammar | undefined;
}

async function continuePrompt(loaded: LoadedModel, task: Task): Promise<GenerationResult> {
  const { args, terminal, sampling, maxNewTokens } = task;
  const { model, tokenizer, chatTemplate, generationConfig } = loaded;
  const { ids } = encodePrompt({ tokenizer, chatTemplate, vocabSize: model.vocabSize }, task.prompt, args);
  const { sampler, seed, seedWasDrawn } = sampling;
  const { endTokenIds } = generationConfig;
  const only = task.makeGrammar?.({ tokenizer, endTokenIds });
  const processors = [only, sampling.processors].flatMap((processor) => processor ?? []);
  if (seedWasDrawn) noteLine(terminal, `seed ${seed}`);
  const options = {
    model,
    tokenizer,
    prompt: ids,
    processors,
    sampler,
    seed,
    maxNewTokens,
    endTokenIds,
    // What is printed as JSON, and what is recorded, has a step for every token.
    jumpForward: !args.has('json') && !args.has('trace'),
    stopStrings: args.texts('stop'),
    signal: terminal.signal,
  };
  // A trace file has rows of its own, which tell as much.
  const tellsRules = only && args.has('json') && !args.has('trace');
  const steps: GenerationResult['steps'][number][] = [];
  let result = emptyResult(task.prompt, seed);
  const onEvent = (event: GenerateEvent): void => {
    if (event.type === 'prefill')
      terminal.progress(`reading the prompt: ${event.done} of ${event.total} tokens`);
    if (event.type === 'step') steps.push(generationStep(event, tokenizer));
    if (event.type === 'text') write(event.text);
    if (event.type !== 'finish') return;
    const { text, reason } = event;
    if (!args.has('json')) {
      if (!text.endsWith('\n')) write('\n');
      const count = `${event.ids.length} ${event.ids.length === 1 ? 'token' : 'tokens'}`;
      noteLine(terminal, `${count}, ${reason}`);
    }
    result = {
      prompt_ids: [...ids],
      ids: [...event.ids],
      text,
      finish_reason: reason,
      seed: seed ?? null,
      steps,
    };
  };
  const write = (text: string): void => {
    if (!args.has('json')) terminal.print(escapeControls(text));
  };
  const path = args.text('trace');
  if (path !== undefined) await recordRun(path, { ...options, onEvent }, { model: modelName(args) });
  else {
    const capture = tellsRules ? { trace: true } : {};
    for await (const event of run({ ...options, capture })) onEvent(event);
  }
  return result;
}

function noteLine(terminal: Terminal, text: string): void {
  terminal.note(`${terminal.noteStyle.dim(text)}\n`);
}
