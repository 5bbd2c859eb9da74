import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env, exit } from 'node:process';
import { pnpm } from './pnpm.mjs';
import { root } from './spawn.mjs';

const stamp = join(root, 'node_modules', '.nexttoken-installed');

/** A hash of everything that decides what is installed: the lock file and every package.json. */
function fingerprint() {
  const manifests = ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(root, group, name, 'package.json')),
  );
  const files = [join(root, 'package.json'), join(root, 'pnpm-workspace.yaml'), join(root, 'pnpm-lock.yaml')];
  const hash = createHash('sha256').update(process.version);
  for (const file of [...files, ...manifests].filter(existsSync)) hash.update(readFileSync(file));
  return hash.digest('hex');
}

/** Installs the workspace when something changed since the last time; its output goes to stderr. */
export async function ensureInstalled() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()) return;
  const frozen = env.CI ? ['--frozen-lockfile'] : ['--prefer-frozen-lockfile'];
  const code = await pnpm(['install', ...frozen], { stdio: ['inherit', 2, 2] });
  if (code !== 0) exit(code);
  writeFileSync(stamp, fingerprint());
}
