import { cache } from './cache';
import type { Command } from './command';
import { demo } from './demo';
import { doctor } from './doctor';
import { exportCommand } from './export';
import { generate } from './generate';
import { createHelp } from './help';
import { model } from './model';
import { next } from './next';
import { ngram } from './ngram';
import { tokenize } from './tokenize';

const withoutHelp: readonly Command[] = [
  demo,
  tokenize,
  next,
  generate,
  ngram,
  model,
  exportCommand,
  cache,
  doctor,
];

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [...withoutHelp, createHelp(withoutHelp)];
