import { type PrintedBy, renderModuleTable, renderModuleTree } from '@nexttoken/checkpoint';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { type ModuleTreeNode, modelCosts, moduleRows, renderModuleRows } from '@nexttoken/inspector';
import { loadModuleTree } from '@nexttoken/load/files';
import { invalidParameter } from '@nexttoken/model';
import { loadProgressLine } from '../model/with-model';
import { formatBytes } from '../output/format-bytes';
import { rendering } from '../output/rendering';
import { escapeControls, safeJson } from '../terminal/escape-controls';
import type { Command } from './command';

export const model: Command = {
  name: 'model',
  summary: 'the modules of a model: shapes, dtypes, parameters, bytes',
  usage: '[MODEL] [flags]',
  remarks: 'Config and headers are read, no weights; of a hub id that is not in the cache the config alone.',
  flags: ['model', 'offline', 'plain', 'printed-by', 'bars', 'search', 'json'],
  prepare(args, terminal) {
    const [word, ...more] = args.words;
    const flag = args.text('model');
    if (more.length > 0 || (word !== undefined && flag !== undefined))
      throw invalidParameter('nexttoken', 'model', args.words.join(' '), 'one model');
    const views = (['plain', 'bars', 'search'] as const).filter((name) => args.has(name));
    if (args.has('plain') && views.length > 1)
      throw invalidParameter('nexttoken', `--${views[1]}`, '--plain', 'given without --plain');
    return async () => {
      const { tree, from, path } = await loadModuleTree(word ?? flag ?? 'tales', {
        printedBy: args.text('printed-by') as PrintedBy | undefined,
        offline: args.has('offline') ? true : undefined,
        signal: terminal.signal,
        onProgress: (progress) => terminal.progress(loadProgressLine(progress)),
      });
      terminal.progress('');
      if (args.has('json')) return terminal.print(`${safeJson({ path, from, ...tree })}\n`);
      if (args.has('bars') || args.has('search')) {
        const rows = moduleRows(tree.root, { fold: true, search: args.text('search') });
        const costs = from === 'header' ? await costLines(tree.root, path) : [];
        return terminal.print(`${[renderModuleRows(rows, rendering(terminal)), ...costs].join('\n')}\n`);
      }
      const text = args.has('plain') ? renderModuleTree(tree) : renderModuleTable(tree);
      terminal.print(`${escapeControls(text)}\n`);
    };
  },
};

/** What one more token costs; the architecture is read from the files' headers. */
async function costLines(root: ModuleTreeNode, path: string): Promise<string[]> {
  const checkpoint = await openCheckpointPath(path);
  await checkpoint.close();
  const { parameters, bytes, cacheBytesPerToken, operationsPerToken } = modelCosts(
    root,
    checkpoint.architecture,
  );
  return [
    `${parameters.toLocaleString('en')} parameters${bytes === null ? '' : `, ${formatBytes(bytes)}`}`,
    `a token: ${(operationsPerToken / 1e6).toFixed(1)} million operations, ${formatBytes(cacheBytesPerToken)} of KV cache in float32`,
  ];
}
