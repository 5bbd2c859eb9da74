import { stat } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { invalidParameter } from '@nexttoken/model';
import { createNgramIndex, type NgramCorpus, type NgramIndex } from '@nexttoken/ngram';
import { createNgramIndexInWorkers, loadCorpusFile, saveNgramIndex } from '@nexttoken/ngram/node';
import { formatBytes } from '../output/format-bytes';
import { safeJson } from '../terminal/escape-controls';
import type { Terminal } from '../terminal/terminal';
import { progressLine, rateText } from './progress-line';
import { readOrder, requirePath } from './read-words';
import type { Subcommand } from './subcommand';

export const train: Subcommand = {
  name: 'train',
  usage: 'FILE…',
  summary: 'index texts; every line is a sentence, words end at spaces',
  flags: ['output', 'order', 'cutoff', 'sentence-ends', 'workers', 'json'],
  prepare(files, args, terminal) {
    requirePath(files, 'text files');
    const output = args.text('output');
    if (output === undefined)
      throw invalidParameter('nexttoken', '--output', 'nothing', 'given: --output PATH');
    const order = readOrder(args);
    const cutoff = args.number('cutoff', { integer: true, minimum: 1 }) ?? 1;
    const workers = args.number('workers', { integer: true, minimum: 1 }) ?? 1;
    const sentenceEnds = (args.text('sentence-ends') ?? '').split(/\s+/).filter((word) => word !== '');
    return async () => {
      const start = performance.now();
      const reading = progressLine(terminal, 'reading');
      const corpus = await loadCorpusFile(files, {
        cutoff,
        sentenceEnds,
        signal: terminal.signal,
        onProgress: ({ tokens, read, size }) => reading(tokens, read, size),
      });
      const index = await sort(corpus, order, workers, terminal);
      terminal.signal.throwIfAborted();
      terminal.progress('saving');
      await saveNgramIndex(output, index, { signal: terminal.signal });
      const seconds = (performance.now() - start) / 1000;
      const { size } = await stat(output);
      report(index, { output, size, seconds }, args.has('json'), terminal);
    };
  },
};

async function sort(
  corpus: NgramCorpus,
  order: { readonly order?: number },
  workers: number,
  terminal: Terminal,
): Promise<NgramIndex> {
  if (workers > 1) {
    terminal.progress(`sorting in ${workers} threads`);
    return createNgramIndexInWorkers(corpus, { ...order, workers, signal: terminal.signal });
  }
  const sorting = progressLine(terminal, 'sorting');
  const { length } = corpus.ids;
  return createNgramIndex(corpus, { ...order, onProgress: (done) => sorting(done, done, length) });
}

function report(
  index: NgramIndex,
  { output, size, seconds }: { readonly output: string; readonly size: number; readonly seconds: number },
  json: boolean,
  { print, style }: Terminal,
): void {
  const { tokenCount, sentenceCount, vocabulary, order } = index;
  if (json) {
    const shown = Number.isFinite(order) ? order : null;
    const facts = { tokens: tokenCount, sentences: sentenceCount, words: vocabulary.size - 2, order: shown };
    print(`${safeJson({ ...facts, output, bytes: size, seconds })}\n`);
    return;
  }
  const per = (size / tokenCount).toFixed(1);
  print(`${rateText(tokenCount, seconds)} (${seconds.toFixed(1)} s)\n`);
  print(`${sentenceCount} sentences, ${vocabulary.size - 2} words\n`);
  print(`${style.accent(output)} ${formatBytes(size)}, ${per} bytes a token\n`);
}
