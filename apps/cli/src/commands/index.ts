import { beam } from './beam';
import { bench } from './bench';
import { cache } from './cache';
import { chat } from './chat';
import type { Command } from './command';
import { compare } from './compare';
import { createCompletion } from './completion';
import { demo } from './demo';
import { doctor } from './doctor';
import { exportCommand } from './export';
import { generate } from './generate';
import { createHelp } from './help';
import { inspect } from './inspect';
import { model } from './model';
import { next } from './next';
import { ngram } from './ngram';
import { score } from './score';
import { serve } from './serve';
import { tokenize } from './tokenize';

const withoutHelp: readonly Command[] = [
  demo,
  tokenize,
  next,
  generate,
  beam,
  chat,
  score,
  compare,
  inspect,
  ngram,
  model,
  exportCommand,
  serve,
  bench,
  cache,
  doctor,
];

const withCompletion: readonly Command[] = [...withoutHelp, createCompletion(withoutHelp)];

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [...withCompletion, createHelp(withCompletion)];
