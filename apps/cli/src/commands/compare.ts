import { type ComparedSide, compareModels, mixModels, renderModelComparison } from '@nexttoken/inspector';
import type { LoadedModel } from '@nexttoken/load';
import { invalidParameter, NextTokenError } from '@nexttoken/model';
import { modelFlags } from '../arguments/flags';
import type { ParsedArguments } from '../arguments/parsed-arguments';
import { withModel } from '../model/with-model';
import { printResult } from '../output/print-result';
import { rendering } from '../output/rendering';
import { readPrompt } from '../prompt/read-prompt';
import type { Command } from './command';

export const compare: Command = {
  name: 'compare',
  summary: 'two models reading one text: bits, divergence, where their guesses part',
  usage: '[TEXT] --against NAME [flags]',
  remarks: [
    'A is --model, B is --against. One vocabulary: KL and JS at every token; different tokenizers',
    "are aligned by bytes. --against-chat puts the beginning of an answer in B's chat template before.",
  ].join('\n'),
  flags: ['prompt', 'prompt-file', 'against', 'against-chat', 'mix', 'top', ...modelFlags, 'json'],
  async prepare(args, terminal) {
    const against = args.text('against');
    if (against === undefined)
      throw invalidParameter('nexttoken', '--against', 'nothing', 'the second model');
    const top = args.number('top', { integer: true, minimum: 0 });
    const lambda = args.number('mix', { minimum: 0, maximum: 1 });
    const prompt = await readPrompt(args, terminal);
    const text = 'text' in prompt ? prompt.text : '';
    return () =>
      withModel(args, terminal, (first) =>
        withModel(
          args,
          terminal,
          async (second) => {
            const a: ComparedSide = {
              name: first.source.name,
              model: first.model,
              tokenizer: first.tokenizer,
            };
            const b = secondSide(second, args);
            const { signal } = terminal;
            const found = await compareModels({ a, b, text, top, signal });
            const mixed = lambda === undefined ? undefined : mixModels(found, lambda);
            printResult(args, terminal, { ...found, ...(mixed && { mixture: mixed }) }, () => {
              const mixture = mixed
                ? `\nmixture ${mixed.lambda} A + ${(1 - mixed.lambda).toFixed(2)} B: ${mixed.bitsPerByte.toFixed(3)} bits per byte`
                : '';
              return renderModelComparison(found, rendering(terminal)) + mixture;
            });
          },
          against,
        ),
      );
  },
};

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
