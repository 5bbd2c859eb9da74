import {
  type ComparedSide,
  compareModels,
  comparisonLines,
  mixModels,
  renderCsv,
  renderModelComparison,
} from '@nexttoken/inspector';
import type { LoadedModel } from '@nexttoken/load';
import { invalidParameter, NextTokenError } from '@nexttoken/model';
import { modelFlags } from '../arguments/flags';
import type { ParsedArguments } from '../arguments/parsed-arguments';
import { withModel } from '../model/with-model';
import { countText } from '../ngram/count-text';
import { printResult } from '../output/print-result';
import { rendering } from '../output/rendering';
import { readPrompt } from '../prompt/read-prompt';
import type { Terminal } from '../terminal/terminal';
import type { Command } from './command';

const usualOrder = 4;

export const compare: Command = {
  name: 'compare',
  summary: 'two models reading one text: bits, divergence, where their guesses part',
  usage: '[TEXT] (--against NAME | --against-counts FILE) [flags]',
  remarks: [
    'A is --model, B is --against. One vocabulary: KL and JS at every token; different tokenizers',
    "are aligned by bytes. --against-chat puts the beginning of an answer in B's chat template before.",
    `With --against-counts, B is the n-grams of a text in A's tokens, smoothed after Kneser and Ney; --order ${usualOrder}.`,
  ].join('\n'),
  flags: [
    'prompt',
    'prompt-file',
    'against',
    'against-counts',
    'order',
    'against-chat',
    'mix',
    'top',
    ...modelFlags,
    'json',
    'csv',
  ],
  async prepare(args, terminal) {
    const [against, counted] = [args.text('against'), args.text('against-counts')];
    checkFlags(args, against, counted);
    const top = args.number('top', { integer: true, minimum: 0 });
    const order = args.number('order', { integer: true, minimum: 1 }) ?? usualOrder;
    const lambda = args.number('mix', { minimum: 0, maximum: 1 });
    const prompt = await readPrompt(args, terminal);
    const task: Task = { args, terminal, text: 'text' in prompt ? prompt.text : '', top, lambda };
    return () =>
      withModel(args, terminal, async (first) => {
        if (counted !== undefined) return tell(first, await countText(counted, order, first), task);
        return withModel(args, terminal, (second) => tell(first, secondSide(second, args), task), against);
      });
  },
};

function checkFlags(args: ParsedArguments, against: string | undefined, counted: string | undefined): void {
  if (against === undefined && counted === undefined)
    throw invalidParameter('nexttoken', '--against', 'nothing', 'the second model');
  const refused =
    counted === undefined
      ? args.has('order') && (['--order', 'given with --against-counts'] as const)
      : against !== undefined
        ? (['--against', 'left out: --against-counts is the second model'] as const)
        : args.has('against-chat') && (['--against-chat', 'left out: counts have no chat template'] as const);
  if (refused) throw invalidParameter('nexttoken', refused[0], 'given', refused[1]);
  if (args.has('csv') && args.has('json'))
    throw invalidParameter('nexttoken', '--csv', '--json', 'given without --json');
}

interface Task {
  readonly args: ParsedArguments;
  readonly terminal: Terminal;
  readonly text: string;
  readonly top: number | undefined;
  readonly lambda: number | undefined;
}

async function tell(
  { source, model, tokenizer }: LoadedModel,
  b: ComparedSide,
  { args, terminal, text, top, lambda }: Task,
): Promise<void> {
  // Counts see no special tokens; without them both begin alike.
  const { addSpecialTokens } = b;
  const a: ComparedSide = { name: source.name, model, tokenizer, addSpecialTokens };
  const found = await compareModels({ a, b, text, top, signal: terminal.signal });
  const mixed = lambda === undefined ? undefined : mixModels(found, lambda);
  if (args.has('csv')) return terminal.print(renderCsv(comparisonLines(found)));
  printResult(args, terminal, { ...found, ...(mixed && { mixture: mixed }) }, () => {
    const mixture = mixed
      ? `\nmixture ${mixed.lambda} A + ${(1 - mixed.lambda).toFixed(2)} B: ${mixed.bitsPerByte.toFixed(3)} bits per byte`
      : '';
    return renderModelComparison(found, rendering(terminal)) + mixture;
  });
}

function secondSide(
  { model, tokenizer, chatTemplate, source }: LoadedModel,
  args: ParsedArguments,
): ComparedSide {
  const side = { name: source.name, model, tokenizer };
  if (!args.has('against-chat')) return side;
  if (!chatTemplate) {
    throw new NextTokenError('chat-template', '--against-chat: this model has no chat template', {
      reason: 'missing',
    });
  }
  const before = tokenizer.encode(chatTemplate.render([{ role: 'user', content: '' }]), {
    addSpecialTokens: false,
  });
  return { ...side, before: [...before.ids] };
}
