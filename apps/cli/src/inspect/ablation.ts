import { ablateProcessors, renderAblation } from '@nexttoken/inspector';
import { invalidParameter } from '@nexttoken/model';
import { modelFlags, processorFlags, promptFlags } from '../arguments/flags';
import type { Command } from '../commands/command';
import { readSampling } from '../model/read-sampling';
import { printResult } from '../output/print-result';
import { rendering } from '../output/rendering';
import { checkPromptFlags, readPrompt } from '../prompt/read-prompt';
import { withRow } from './with-row';

export const ablation: Command = {
  name: 'ablation',
  summary: 'what each processor removes alone, and what only it removes',
  usage: '[TEXT] --temperature T --top-p P … [flags]',
  flags: [...promptFlags, ...processorFlags, 'top', ...modelFlags, 'json'],
  async prepare(args, terminal) {
    checkPromptFlags(args);
    const { processors } = readSampling(args);
    if (!processors) {
      throw invalidParameter('nexttoken', 'inspect ablation', 'no setting', 'given with --top-k, --top-p …');
    }
    const top = args.number('top', { integer: true, minimum: 0 });
    const prompt = await readPrompt(args, terminal);
    return () =>
      withRow(args, terminal, prompt, ({ loaded, logits, context }) => {
        const { tokenizer } = loaded;
        const found = ablateProcessors(logits, { processors, context, top, tokenizer });
        printResult(args, terminal, found, () => renderAblation(found, rendering(terminal)));
      });
  },
};
