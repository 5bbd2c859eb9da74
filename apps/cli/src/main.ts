#!/usr/bin/env node
import { run } from './run';
import { createProcessTerminal } from './terminal/process-terminal';

// The process is never ended by force: a runtime in the middle of a step would abort it. It ends when all is disposed.
const words = process.argv.slice(2);
const argv = words.filter((word) => word !== '--no-color');
const terminal = createProcessTerminal({ colours: argv.length === words.length });
const code = await run(argv, terminal);
terminal.close();
const codes = { SIGINT: 130, SIGTERM: 143, 'closed-pipe': 0 } as const;
process.exitCode = terminal.interruption ? codes[terminal.interruption] : code;
