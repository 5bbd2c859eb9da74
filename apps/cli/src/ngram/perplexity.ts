import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { invalidParameter, NextTokenError } from '@nexttoken/model';
import {
  addK,
  kneserNey,
  longestSuffix,
  type NgramIndex,
  perplexity as run,
  type SmoothedModel,
  stupidBackoff,
  wittenBell,
} from '@nexttoken/ngram';
import { openNgramIndex, readArpaFile } from '@nexttoken/ngram/node';
import { safeJson } from '../terminal/escape-controls';
import type { Terminal } from '../terminal/terminal';
import { progressLine } from './progress-line';
import { readOrder, requirePath } from './read-words';
import type { Subcommand } from './subcommand';

const smoothings: Readonly<
  Record<string, (index: NgramIndex, options: { order?: number }) => SmoothedModel>
> = {
  'kneser-ney': kneserNey,
  'witten-bell': wittenBell,
  'add-k': addK,
  'stupid-backoff': stupidBackoff,
  'longest-suffix': longestSuffix,
};

export const smoothingNames: readonly string[] = Object.keys(smoothings);

export const perplexity: Subcommand = {
  name: 'perplexity',
  usage: 'INDEX FILE',
  summary: 'how well an index (or NAME.arpa) predicts a text',
  flags: ['smoothing', 'order', 'json'],
  async prepare(words, args, terminal) {
    const path = requirePath(words, 'an index');
    const [, file, ...more] = words;
    if (file === undefined || more.length > 0) {
      throw invalidParameter('nexttoken', 'text files', words.slice(1).join(' ') || 'nothing', 'one file');
    }
    const arpa = path.endsWith('.arpa');
    const name = args.text('smoothing') ?? 'kneser-ney';
    const make = smoothings[name];
    if (!make)
      throw invalidParameter('nexttoken', '--smoothing', name, `one of ${smoothingNames.join(', ')}`);
    if (arpa && (args.has('smoothing') || args.has('order'))) {
      const flag = args.has('smoothing') ? '--smoothing' : '--order';
      throw invalidParameter('nexttoken', flag, path, 'left out for an ARPA file, which has its own');
    }
    const order = readOrder(args);
    return async () => {
      terminal.progress('making the model');
      const model = arpa ? await readArpaFile(path) : make(await openNgramIndex(path), order);
      for (const { message } of model.warnings)
        terminal.note(`${terminal.noteStyle.dim(`warning: ${message}`)}\n`);
      report(await score(model, file, terminal), model, args.has('json'), terminal);
    };
  },
};

interface Scored {
  readonly sentences: number;
  readonly tokens: number;
  readonly outOfVocabulary: number;
  readonly logProbability: number;
  readonly perplexity: number;
  readonly perplexityWithoutUnknown: number;
}

async function score(model: SmoothedModel, file: string, terminal: Terminal): Promise<Scored> {
  await stat(file).catch((cause: Error) => {
    throw new NextTokenError('file-not-found', `${file}: ${cause.message}`, { path: file }, { cause });
  });
  const progress = progressLine(terminal, 'scoring');
  const sentences: string[][] = [];
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const words = line.split(/[ \t\v\f\r]+/).filter((word) => word !== '');
    if (words.length > 0) sentences.push(words);
  }
  const total = sentences.reduce((sum, words) => sum + words.length + 1, 0);
  return run(model, sentences, {
    signal: terminal.signal,
    onProgress: (tokens) => progress(tokens, tokens, total),
  });
}

function report(scored: Scored, model: SmoothedModel, json: boolean, { print }: Terminal): void {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  if (json) {
    const { sentences, tokens, outOfVocabulary } = scored;
    const result = {
      smoothing: model.type,
      order: finite(model.order),
      sentences,
      tokens,
      out_of_vocabulary: outOfVocabulary,
      log_probability: finite(scored.logProbability),
      perplexity: finite(scored.perplexity),
      perplexity_without_unknown: finite(scored.perplexityWithoutUnknown),
      warnings: model.warnings,
    };
    print(`${safeJson(result)}\n`);
    return;
  }
  const order = Number.isFinite(model.order) ? `order ${model.order}` : 'any order';
  print(`${model.type}, ${order}\n`);
  print(
    `${scored.tokens} tokens with ${scored.sentences} sentence ends, ${scored.outOfVocabulary} unknown\n`,
  );
  print(`perplexity ${scored.perplexity.toFixed(3)}\n`);
  print(`perplexity without unknown tokens ${scored.perplexityWithoutUnknown.toFixed(3)}\n`);
}
