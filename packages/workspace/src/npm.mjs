import { execFile } from 'node:child_process';
import { env, execPath } from 'node:process';
import { promisify } from 'node:util';
import { root } from './spawn.mjs';

/**
 * How npm is started: its own script, run by this Node, when npm started us; else as a program on the PATH.
 * @returns the program, its arguments, and whether a shell has to find it
 */
export function npmCall(args) {
  const script = env.npm_execpath;
  return script && /npm-cli\.c?js$/.test(script)
    ? { command: execPath, args: [script, ...args], shell: false }
    : { command: 'npm', args: [...args], shell: process.platform === 'win32' };
}

/** Runs npm in a folder, without its chatter. @returns what it printed; its output is in the error where it fails */
export async function npm(args, folder = root) {
  const { command, args: all, shell } = npmCall(args);
  const environment = {
    ...env,
    ONNXRUNTIME_NODE_INSTALL: 'skip',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  };
  const { stdout } = await promisify(execFile)(command, all, {
    cwd: folder,
    env: environment,
    maxBuffer: 2 ** 26,
    shell,
  });
  return stdout;
}
