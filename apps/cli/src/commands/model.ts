import { type PrintedBy, renderModuleTable, renderModuleTree } from '@nexttoken/checkpoint';
import { loadModuleTree } from '@nexttoken/load/files';
import { invalidParameter } from '@nexttoken/model';
import { loadProgressLine } from '../model/with-model';
import { escapeControls, safeJson } from '../terminal/escape-controls';
import type { Command } from './command';

export const model: Command = {
  name: 'model',
  summary: 'the modules of a model: shapes, dtypes, parameters, bytes',
  usage: '[MODEL] [flags]',
  remarks: 'Config and headers are read, no weights; of a hub id that is not in the cache the config alone.',
  flags: ['model', 'offline', 'plain', 'printed-by', 'json'],
  prepare(args, terminal) {
    const [word, ...more] = args.words;
    const flag = args.text('model');
    if (more.length > 0 || (word !== undefined && flag !== undefined))
      throw invalidParameter('nexttoken', 'model', args.words.join(' '), 'one model');
    return async () => {
      const { tree, from, path } = await loadModuleTree(word ?? flag ?? 'tales', {
        printedBy: args.text('printed-by') as PrintedBy | undefined,
        offline: args.has('offline') ? true : undefined,
        signal: terminal.signal,
        onProgress: (progress) => terminal.progress(loadProgressLine(progress)),
      });
      terminal.progress('');
      if (args.has('json')) return terminal.print(`${safeJson({ path, from, ...tree })}\n`);
      const text = args.has('plain') ? renderModuleTree(tree) : renderModuleTable(tree);
      terminal.print(`${escapeControls(text)}\n`);
    };
  },
};
