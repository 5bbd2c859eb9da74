import { nextTokenTable, renderNextTokenTable } from '@nexttoken/inspector';
import { modelFlags, promptFlags } from '../arguments/flags';
import { nextLogits } from '../model/next-logits';
import { withModel } from '../model/with-model';
import { tokenName } from '../output/token-name';
import { encodePrompt } from '../prompt/encode-prompt';
import { checkPromptFlags, readPrompt } from '../prompt/read-prompt';
import { safeJson } from '../terminal/escape-controls';
import type { Command } from './command';

export const next: Command = {
  name: 'next',
  summary: 'the most probable next tokens, with logits and probabilities',
  usage: '[TEXT] [flags]',
  flags: [...promptFlags, 'top', ...modelFlags, 'json'],
  async prepare(args, terminal) {
    checkPromptFlags(args);
    const top = args.number('top', { integer: true, minimum: 1 }) ?? 10;
    const prompt = await readPrompt(args, terminal);
    return () =>
      withModel(args, terminal, async ({ model, tokenizer, chatTemplate }) => {
        const { ids } = encodePrompt({ tokenizer, chatTemplate, vocabSize: model.vocabSize }, prompt, args);
        const logits = await nextLogits(model, ids, terminal.signal);
        const table = nextTokenTable(logits, tokenizer, { top });
        if (!args.has('json')) {
          terminal.print(
            `${renderNextTokenTable(table, { color: terminal.style.colours, width: terminal.width })}\n`,
          );
          return;
        }
        const candidates = table.rows.map(({ rank, id, logit, probability }) => {
          return { rank, id, token: tokenName(tokenizer, id), logit, probability };
        });
        terminal.print(`${safeJson({ ids: [...ids], candidates })}\n`);
      });
  },
};
