import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { root } from './entries';

/** The Markdown files that become pages of the site. */
function pages(): string[] {
  const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`);
  const folders = ['apps/docs/guides', 'apps/docs/decisions'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
  );
  return [...folders, ...packages, 'CONTRIBUTING.md', 'apps/cli/README.md', 'apps/recipes/README.md'].filter(
    (page) => existsSync(join(root, page)),
  );
}

const titleOf = (page: string, text: string) => /^# (.+)$/m.exec(text)?.[1]?.replaceAll(/[`"]/g, '') ?? page;

/** Where a page's title stands in the menu. */
const groupOf = (page: string) =>
  page.startsWith('apps/docs/guides')
    ? 'Guides'
    : page.startsWith('apps/docs/decisions')
      ? 'Decisions'
      : page.startsWith('packages')
        ? 'Packages'
        : 'The repository';

/** A link of a page as the site knows it: to another page, or to the file in the repository. */
function resolveLink(page: string, target: string, known: ReadonlySet<string>, repository: string): string {
  const [path = '', anchor] = target.split('#');
  if (/^[a-z]+:/.test(target) || path === '') return target;
  const file = posix.normalize(posix.join(posix.dirname(page), path)).replace(/\/$/, '');
  if (!existsSync(join(root, file))) throw new Error(`${page} links to ${target}, which does not exist`);
  const asPage = statSync(join(root, file)).isDirectory() ? `${file}/README.md` : file;
  if (!known.has(asPage)) return `${repository}/${file}`;
  const to = posix.relative(posix.dirname(page), asPage);
  return (to.startsWith('.') ? to : `./${to}`) + (anchor ? `#${anchor}` : '');
}

/** Copies the pages into a folder, with links that hold on the site. @returns the copies; the first is the front page */
export function stagePages(folder: string, repository: string): string[] {
  const found = pages();
  const known = new Set(found);
  return ['README.md', ...found].map((page) => {
    const text = readFileSync(join(root, page), 'utf8').replaceAll(
      /\]\(([^)\s]+)\)/g,
      (_, target: string) => `](${resolveLink(page, target, known, repository)})`,
    );
    const front =
      page === 'README.md' ? '' : `---\ntitle: "${titleOf(page, text)}"\ngroup: ${groupOf(page)}\n---\n\n`;
    const body = text.replace(/^# .+\n+/, ''); // the site shows the title itself
    const copy = join(folder, page);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, front + body);
    return relative(process.cwd(), copy);
  });
}
