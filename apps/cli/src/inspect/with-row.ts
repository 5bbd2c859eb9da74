import type { LoadedModel } from '@nexttoken/load';
import type { ParsedArguments } from '../arguments/parsed-arguments';
import { nextLogits } from '../model/next-logits';
import { promptIds } from '../model/prompt-ids';
import { withModel } from '../model/with-model';
import type { Prompt } from '../prompt/read-prompt';
import type { Terminal } from '../terminal/terminal';

/** The row of raw logits that follows a prompt, and what processors may know of it. */
export interface PromptRow {
  readonly loaded: LoadedModel;
  readonly logits: Float32Array;
  readonly context: { readonly ids: Int32Array; readonly promptLength: number };
}

/** Loads the model, reads the prompt, and hands its next-token row on. */
export function withRow(
  args: ParsedArguments,
  terminal: Terminal,
  prompt: Prompt,
  work: (row: PromptRow) => void,
): Promise<void> {
  return withModel(args, terminal, async (loaded) => {
    const ids = promptIds(loaded, prompt, args);
    const logits = await nextLogits(loaded.model, ids, terminal.signal);
    work({ loaded, logits, context: { ids, promptLength: ids.length } });
  });
}
