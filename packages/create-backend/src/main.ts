#!/usr/bin/env node
import { argv, exitCode as previous, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { run } from './run';

const ask = async (question: string): Promise<string> => {
  const lines = createInterface({ input: stdin, output: stdout });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
};

process.exitCode = await run(argv.slice(2), {
  write: (text) => console.log(text),
  complain: (text) => console.error(text),
  ask: stdin.isTTY && stdout.isTTY ? ask : undefined,
  folder: process.cwd(),
}).then((code) => code || previous);
