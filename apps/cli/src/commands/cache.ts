import { type CacheListing, listCachedModels, removeCachedModel, verifyCachedModel } from '@nexttoken/hub';
import { invalidParameter } from '@nexttoken/model';
import { formatBytes } from '../output/format-bytes';
import { escapeControls, safeJson } from '../terminal/escape-controls';
import type { Terminal } from '../terminal/terminal';
import type { Command } from './command';

const actions = ['list', 'rm', 'verify'] as const;

export const cache: Command = {
  name: 'cache',
  summary: 'models of the Hugging Face cache: list, rm, verify',
  usage: 'list | rm MODEL | verify [MODEL] [flags]',
  remarks: 'verify reads every file and compares it with its checksum',
  flags: ['json'],
  prepare(args, terminal) {
    const [name = 'list', model, ...more] = args.words;
    const action = actions.find((each) => each === name);
    if (!action) throw invalidParameter('nexttoken', 'cache', name, `one of ${actions.join(', ')}`);
    if (more.length > 0 || (action === 'list' && model !== undefined)) {
      throw invalidParameter(
        'nexttoken',
        `cache ${action}`,
        args.words.slice(1).join(' '),
        'at most one model',
      );
    }
    if (action === 'rm' && model === undefined) {
      throw invalidParameter('nexttoken', 'cache rm', 'nothing', 'a model: organisation/name');
    }
    const print = (value: unknown, text: string) =>
      terminal.print(args.has('json') ? `${safeJson(value)}\n` : escapeControls(text));
    if (action === 'list') {
      return async () => {
        const listing = await listCachedModels();
        print(listing, listingText(listing));
      };
    }
    if (action === 'rm') {
      return async () => {
        await removeCachedModel(model!);
        print({ removed: model }, `${model} is removed\n`);
      };
    }
    return () => verify(model, terminal, print);
  },
};

async function verify(
  model: string | undefined,
  terminal: Terminal,
  print: (value: unknown, text: string) => void,
): Promise<void> {
  const ids = model === undefined ? (await listCachedModels()).entries.map(({ id }) => id) : [model];
  const results = [];
  for (const id of ids) {
    terminal.progress(`reading ${id}`);
    results.push(await verifyCachedModel(id, { signal: terminal.signal }));
  }
  terminal.progress('');
  const lines = results.flatMap(({ id, good, wrong }) => [
    `${wrong.length === 0 ? '✓' : '✗'} ${id}: ${good} of ${good + wrong.length} files as their checksums say`,
    ...wrong.map((path) => `    wrong: ${path}`),
  ]);
  print(results, `${lines.join('\n') || 'the cache is empty'}\n`);
}

function listingText({ folder, entries, bytes }: CacheListing): string {
  const lines = entries.flatMap(({ id, bytes: own, partialBytes, lastUsed, worksOffline, reason }) => [
    `${worksOffline ? '✓' : '✗'} ${id}  ${formatBytes(own)}  used ${new Date(lastUsed).toISOString().slice(0, 10)}`,
    ...(partialBytes > 0 ? [`    ${formatBytes(partialBytes)} of unfinished downloads`] : []),
    ...(worksOffline ? [] : [`    not usable offline: ${reason}`]),
  ]);
  return `${[folder, ...lines, `${entries.length} models, ${formatBytes(bytes)}`].join('\n')}\n`;
}
