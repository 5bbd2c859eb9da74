import { scoreText } from '@nexttoken/generate';
import {
  groupLosses,
  type LossGranularity,
  type LossTable,
  lossTable,
  positionTable,
  renderLossGroups,
  renderPositionTable,
  worstTokens,
} from '@nexttoken/inspector';
import type { LoadedModel } from '@nexttoken/load';
import { invalidParameter } from '@nexttoken/model';
import { modelFlags, promptFlags } from '../arguments/flags';
import type { ParsedArguments } from '../arguments/parsed-arguments';
import { promptIds } from '../model/prompt-ids';
import { withModel } from '../model/with-model';
import { printResult } from '../output/print-result';
import { rendering } from '../output/rendering';
import { checkPromptFlags, readPrompt } from '../prompt/read-prompt';
import type { Terminal } from '../terminal/terminal';
import type { Command } from './command';

const units = ['token', 'word', 'sentence', 'line'] as const;

export const score: Command = {
  name: 'score',
  summary: 'loss and perplexity of a text, token by token or by words, sentences, lines',
  usage: '[TEXT] [flags]',
  remarks: 'With --top N the N best alternatives of every token, its rank and entropy.',
  flags: [...promptFlags, 'by', 'window', 'stride', 'worst', 'top', ...modelFlags, 'json'],
  async prepare(args, terminal) {
    checkPromptFlags(args);
    const by = (args.text('by') ?? 'token') as LossGranularity;
    if (!units.some((unit) => unit === by)) {
      throw invalidParameter('nexttoken', '--by', args.text('by'), units.join(', '));
    }
    const task: Task = {
      args,
      terminal,
      by,
      top: args.number('top', { integer: true, minimum: 1 }),
      worst: args.number('worst', { integer: true, minimum: 1 }),
      window: args.number('window', { integer: true, minimum: 2 }),
      stride: args.number('stride', { integer: true, minimum: 1 }),
    };
    const alone = (['by', 'window', 'stride', 'worst'] as const).find((flag) => args.has(flag));
    if (task.top !== undefined && alone) {
      throw invalidParameter('nexttoken', `--${alone}`, '--top', 'given without --top');
    }
    const prompt = await readPrompt(args, terminal);
    return () =>
      withModel(args, terminal, async (loaded) => {
        const ids = promptIds(loaded, prompt, args);
        if (ids.length < 2) {
          throw invalidParameter('nexttoken', 'prompt', `${ids.length} token`, 'at least two tokens');
        }
        return task.top === undefined ? losses(loaded, ids, task) : alternatives(loaded, ids, task.top, task);
      });
  },
};

interface Task {
  readonly args: ParsedArguments;
  readonly terminal: Terminal;
  readonly by: LossGranularity;
  readonly top: number | undefined;
  readonly worst: number | undefined;
  readonly window: number | undefined;
  readonly stride: number | undefined;
}

const progressOf = (terminal: Terminal) => ({
  signal: terminal.signal,
  onProgress: ({ done, total }: { done: number; total: number }) =>
    terminal.progress(`reading: ${done} of ${total} tokens`),
});

async function losses({ model, tokenizer }: LoadedModel, ids: Int32Array, task: Task): Promise<void> {
  const { args, terminal, by, window, stride } = task;
  const scored = await scoreText({ model, text: ids, window, stride, ...progressOf(terminal) });
  terminal.progress('');
  const table = lossTable(scored, tokenizer);
  const worst = task.worst === undefined ? undefined : worstTokens(table, task.worst);
  const groups = groupLosses(worst ?? table.rows, worst ? 'token' : by);
  printResult(args, terminal, { ...table, ...(worst ? { worst } : { groups }) }, () =>
    renderLossGroups(groups, table, rendering(terminal)),
  );
}

async function alternatives(
  { model, tokenizer }: LoadedModel,
  ids: Int32Array,
  top: number,
  { args, terminal }: Task,
): Promise<void> {
  const positions = await positionTable(model, ids, tokenizer, { top, ...progressOf(terminal) });
  terminal.progress('');
  const table: LossTable = lossTable(positions, tokenizer);
  printResult(args, terminal, { ...table, rows: positions.rows }, () =>
    renderPositionTable(positions, rendering(terminal)),
  );
}
