import { orderLab, presetOrders, renderOrderLab } from '@nexttoken/inspector';
import { invalidParameter } from '@nexttoken/model';
import { modelFlags, processorFlags, promptFlags } from '../arguments/flags';
import type { Command } from '../commands/command';
import { readSettings } from '../model/read-settings';
import { printResult } from '../output/print-result';
import { rendering } from '../output/rendering';
import { checkPromptFlags, readPrompt } from '../prompt/read-prompt';
import { withRow } from './with-row';

export const order: Command = {
  name: 'order',
  summary: "the same settings in Hugging Face's order and in llama.cpp's",
  usage: '[TEXT] --temperature T --top-p P … [flags]',
  flags: [...promptFlags, ...processorFlags, 'top', ...modelFlags, 'json'],
  async prepare(args, terminal) {
    checkPromptFlags(args);
    const settings = readSettings(args);
    if (Object.keys(settings).length === 0) {
      throw invalidParameter(
        'nexttoken',
        'inspect order',
        'no setting',
        'given with --temperature, --top-p …',
      );
    }
    const orders = presetOrders(settings);
    const top = args.number('top', { integer: true, minimum: 0 });
    const prompt = await readPrompt(args, terminal);
    return () =>
      withRow(args, terminal, prompt, ({ loaded, logits, context }) => {
        const lab = orderLab(logits, orders, { context, top, tokenizer: loaded.tokenizer });
        printResult(args, terminal, lab, () => renderOrderLab(lab, rendering(terminal)));
      });
  },
};
