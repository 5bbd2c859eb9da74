import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './workspace-packages';

/** The JavaScript block of the README that follows a heading, as printed there. */
export function readmeExample(heading: string): string {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(heading));
  const code = /```(?:js|javascript)\n([\s\S]*?)```/.exec(section ?? '')?.[1];
  if (!code) throw new Error(`the README has no JavaScript block under "${heading}"`);
  return code;
}
