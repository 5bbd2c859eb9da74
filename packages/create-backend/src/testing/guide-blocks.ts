import { readFileSync } from 'node:fs';

export interface GuideBlock {
  /** A file of the template, or `mistake` for a change that breaks it. */
  readonly file: string;
  /** Whether the block replaces the file; else it is a part of it. */
  readonly whole: boolean;
  readonly code: string;
}

const guide = new URL('../../../../apps/docs/guides/add-a-backend.md', import.meta.url);
const pattern =
  /<!-- not run: (\S+) of the template(, whole)? -->\n```ts\n([\s\S]*?)^```|^```(diff)\n([\s\S]*?)^```/gm;

/** What the guide "add a backend" shows of the template's files. */
export function guideBlocks(): GuideBlock[] {
  return [...readFileSync(guide, 'utf8').matchAll(pattern)].map(([, file, whole, code, diff, change]) => ({
    file: diff ? 'mistake' : file!,
    whole: whole !== undefined,
    code: (diff ? change : code)!,
  }));
}
