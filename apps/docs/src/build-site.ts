import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application, type Context, Converter, LogLevel, ReflectionKind } from 'typedoc';
import { entries, root } from './entries';
import { stagePages } from './stage-pages';

export const siteFolder = join(root, 'apps/docs/dist');

/**
 * Builds the site: guides, decisions, the packages' pages, and the reference from the docstrings.
 * @returns what TypeDoc warned about; a link that leads nowhere is among it
 */
export async function buildSite(out: string = siteFolder): Promise<string[]> {
  const staged = mkdtempSync(join(tmpdir(), 'nexttoken-docs-'));
  const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const address = `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/main`;
  try {
    const [readme, ...documents] = stagePages(staged, address);
    const doors = entries();
    const app = await Application.bootstrap({
      name: 'nexttoken',
      entryPoints: doors.map(({ file }) => file),
      tsconfig: join(root, 'apps/docs/tsconfig.reference.json'),
      basePath: root,
      readme: readme!,
      projectDocuments: documents,
      out,
      alwaysCreateEntryPointModule: true,
      excludePrivate: true,
      excludeInternal: true,
      excludeExternals: true,
      disableSources: true,
      skipErrorChecking: true,
      searchInDocuments: true,
      includeHierarchySummary: false,
      highlightLanguages: [
        'ts',
        'js',
        'javascript',
        'typescript',
        'sh',
        'json',
        'jsonc',
        'html',
        'sql',
        'python',
        'diff',
      ],
      sort: ['source-order'],
      navigation: { includeGroups: true },
      groupOrder: ['Guides', 'Packages', 'Modules', 'The repository', 'Decisions', '*'],
      validation: { invalidLink: true, invalidPath: true, notExported: false, notDocumented: false },
      logLevel: LogLevel.Warn,
    });
    const warnings: string[] = [];
    const { logger } = app;
    const { log } = logger;
    logger.log = (message, level) => {
      if (level >= LogLevel.Warn) warnings.push(message);
      else log.call(logger, message, level);
    };
    const names = new Map(doors.map(({ name, file }) => [file, name]));
    app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context: Context, reflection) => {
      if (!reflection.kindOf(ReflectionKind.Module)) return;
      const [declaration] = context.getSymbolFromReflection(reflection)?.declarations ?? [];
      const name = names.get(declaration?.getSourceFile().fileName ?? '');
      if (name) reflection.name = name;
    });
    // What elements take over from Lit is described by Lit, with links into its own pages.
    app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }: Context) => {
      for (const { name, comment } of project.getReflectionsByKind(ReflectionKind.Property))
        if (name === 'styles' && comment) comment.summary = [];
    });
    const project = await app.convert();
    if (!project) throw new Error(`the reference could not be made: ${warnings.join('\n')}`);
    app.validate(project);
    await app.generateOutputs(project);
    return warnings;
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}
