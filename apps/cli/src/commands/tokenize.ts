import { alignTokenizers, displayToken, renderAlignedTokenizers } from '@nexttoken/inspector';
import { loadTokenizer } from '@nexttoken/load';
import { type Encoding, invalidParameter, NextTokenError, type Tokenizer } from '@nexttoken/model';
import { promptFlags } from '../arguments/flags';
import { modelName } from '../model/with-model';
import { printResult } from '../output/print-result';
import { rendering } from '../output/rendering';
import { stepLines } from '../output/step-lines';
import { encodePrompt } from '../prompt/encode-prompt';
import { checkPromptFlags, readPrompt } from '../prompt/read-prompt';
import { safeJson } from '../terminal/escape-controls';
import type { Style } from '../terminal/style';
import type { Command } from './command';

export const tokenize: Command = {
  name: 'tokenize',
  summary: 'the tokens of a text, their ids and where they stand in it',
  usage: '[TEXT] [flags]',
  remarks: '--against cuts the text with a second tokenizer too, aligned by bytes.',
  flags: [...promptFlags, 'model', 'against', 'steps', 'offline', 'json'],
  async prepare(args, terminal) {
    checkPromptFlags(args);
    const against = args.text('against');
    const alone = (['ids', 'chat'] as const).find((flag) => args.has(flag));
    if (against !== undefined && alone)
      throw invalidParameter('nexttoken', `--${alone}`, '--against', 'given without --against');
    if (args.has('steps') && (alone || against !== undefined))
      throw invalidParameter('nexttoken', '--steps', 'other flags', 'given with a text alone');
    const prompt = await readPrompt(args, terminal);
    const open = (name: string) =>
      loadTokenizer(name, { signal: terminal.signal, ...(args.has('offline') && { offline: true }) });
    return async () => {
      const { tokenizer, chatTemplate } = await open(modelName(args));
      if ('text' in prompt && against !== undefined) {
        const addSpecialTokens = !args.has('no-special-tokens');
        const both = [tokenizer, (await open(against)).tokenizer];
        const aligned = alignTokenizers(prompt.text, both, { addSpecialTokens });
        return printResult(args, terminal, aligned, () =>
          renderAlignedTokenizers(aligned, [modelName(args), against], rendering(terminal)),
        );
      }
      if ('text' in prompt && args.has('steps')) {
        const trace = tokenizer.trace?.(prompt.text, { addSpecialTokens: !args.has('no-special-tokens') });
        if (trace) return printResult(args, terminal, trace, () => stepLines(trace).join('\n'));
        const message = `--steps: a tokenizer of the kind ${tokenizer.kind} does not tell its steps`;
        throw new NextTokenError('unsupported-option', message, { option: '--steps' });
      }
      const encoding = encodePrompt(
        { tokenizer, chatTemplate, vocabSize: tokenizer.vocabSize },
        prompt,
        args,
      );
      const { ids, tokens, offsets } = encoding;
      terminal.print(
        args.has('json')
          ? `${safeJson({ ids: [...ids], tokens, ...(offsets && { offsets }) })}\n`
          : tokenTable(encoding, tokenizer, terminal.style),
      );
    };
  },
};

function tokenTable({ ids, offsets }: Encoding, tokenizer: Tokenizer, style: Style): string {
  const places = offsets?.map(([start, end]) => (start === end ? '–' : `${start}–${end}`)) ?? [];
  const width = Math.max('id'.length, ...Array.from(ids, (id) => String(id).length));
  const placeWidth = Math.max('offsets'.length, ...places.map(({ length }) => length));
  const line = (id: string, place: string, token: string): string =>
    `${style.dim(id.padStart(width))}  ${offsets ? `${style.dim(place.padStart(placeWidth))}  ` : ''}${token}`;
  const rows = Array.from(ids, (id, index) =>
    line(String(id), places[index] ?? '', style.accent(displayToken(tokenizer, id))),
  );
  const count = `${ids.length} ${ids.length === 1 ? 'token' : 'tokens'}`;
  return `${[line('id', 'offsets', style.dim('token')), ...rows, style.dim(count)].join('\n')}\n`;
}
