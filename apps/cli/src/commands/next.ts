import { nextTokenTable, renderNextTokenTable } from '@nexttoken/inspector';
import { grammarFlags, modelFlags, processorFlags, promptFlags } from '../arguments/flags';
import { nextLogits } from '../model/next-logits';
import { promptIds } from '../model/prompt-ids';
import { readGrammar } from '../model/read-grammar';
import { readSampling } from '../model/read-sampling';
import { withModel } from '../model/with-model';
import { constraintData } from '../output/constraint-data';
import { printResult } from '../output/print-result';
import { rendering } from '../output/rendering';
import { tokenName } from '../output/token-name';
import { checkPromptFlags, readPrompt } from '../prompt/read-prompt';
import type { Command } from './command';

export const next: Command = {
  name: 'next',
  summary: 'the most probable next tokens, with logits and probabilities',
  usage: '[TEXT] [flags]',
  remarks:
    'With --temperature, --top-k … also scores, shares, and which of them removed a token.\nWith --json-schema, --regex or --grammar also the rule in force for a text that begins\nhere, and how probable the model itself finds what it allows.',
  flags: [...promptFlags, 'top', ...grammarFlags, ...processorFlags, ...modelFlags, 'json'],
  async prepare(args, terminal) {
    checkPromptFlags(args);
    const top = args.number('top', { integer: true, minimum: 1 }) ?? 10;
    const { processors: reshaping } = readSampling(args);
    const makeGrammar = await readGrammar(args);
    const prompt = await readPrompt(args, terminal);
    return () =>
      withModel(args, terminal, async (loaded) => {
        const { model, tokenizer, generationConfig } = loaded;
        const { endTokenIds } = generationConfig;
        const only = makeGrammar?.({ tokenizer, endTokenIds });
        const all = [only, reshaping].flatMap((processor) => processor ?? []);
        const processors = all.length > 0 ? all : undefined;
        const ids = promptIds(loaded, prompt, args);
        const logits = await nextLogits(model, ids, terminal.signal);
        const context = { ids, promptLength: ids.length };
        const table = nextTokenTable(logits, tokenizer, { top, processors, context });
        const candidates = table.rows.map(({ rank, id, logit, probability, score, share, removedBy }) => ({
          rank,
          id,
          token: tokenName(tokenizer, id),
          logit,
          probability,
          ...(processors && { score, share, removed_by: removedBy ?? null }),
        }));
        const constraints = table.constraints?.map(constraintData);
        const result = { ids: [...ids], candidates, ...(constraints && { constraints }) };
        printResult(args, terminal, result, () => renderNextTokenTable(table, rendering(terminal)));
      });
  },
};
