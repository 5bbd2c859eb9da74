import { idOrUnknown, renderProbe, probe as run } from '@nexttoken/ngram';
import { openNgramIndex } from '@nexttoken/ngram/node';
import { escapeControls, safeJson } from '../terminal/escape-controls';
import { readOrder, readTokens, readTopK, requirePath } from './read-words';
import type { Subcommand } from './subcommand';

export const probe: Subcommand = {
  name: 'probe',
  usage: 'INDEX [TEXT]',
  summary: 'which prefixes of a text are known, and what follows',
  flags: ['order', 'top-k', 'json'],
  async prepare(words, args, terminal) {
    const path = requirePath(words, 'an index');
    const options = { ...readOrder(args), topK: readTopK(args) };
    const tokens = await readTokens(words, terminal);
    return async () => {
      const index = await openNgramIndex(path);
      const { vocabulary } = index;
      const result = run(index, tokens, options);
      if (!args.has('json')) {
        terminal.print(`${escapeControls(renderProbe(result, vocabulary))}\n`);
        return;
      }
      const candidates = Array.from(result.list.tokens, (id, i) => {
        return { id, token: vocabulary.tokenOf(id), count: result.list.counts[i] };
      });
      const ids = tokens.map((token) => idOrUnknown(vocabulary, token));
      const { tried, matched, token } = result;
      terminal.print(`${safeJson({ ids, tried, matched, total: result.list.total, token, candidates })}\n`);
    };
  },
};
