import { displayToken } from '@nexttoken/inspector';
import { loadTokenizer } from '@nexttoken/load';
import type { Encoding, Tokenizer } from '@nexttoken/model';
import { promptFlags } from '../arguments/flags';
import { modelName } from '../model/with-model';
import { encodePrompt } from '../prompt/encode-prompt';
import { checkPromptFlags, readPrompt } from '../prompt/read-prompt';
import { safeJson } from '../terminal/escape-controls';
import type { Style } from '../terminal/style';
import type { Command } from './command';

export const tokenize: Command = {
  name: 'tokenize',
  summary: 'the tokens of a text, their ids and where they stand in it',
  usage: '[TEXT] [flags]',
  flags: [...promptFlags, 'model', 'offline', 'json'],
  async prepare(args, terminal) {
    checkPromptFlags(args);
    const prompt = await readPrompt(args, terminal);
    return async () => {
      const { tokenizer, chatTemplate } = await loadTokenizer(modelName(args), {
        signal: terminal.signal,
        ...(args.has('offline') && { offline: true }),
      });
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
