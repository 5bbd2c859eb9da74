import { relative } from 'node:path';
import { parseArguments } from './arguments/parse-arguments';
import { checkName } from './create/check-name';
import { createBackend } from './create/create-backend';
import { helpText } from './help-text';
import { UserError } from './user-error';

/** What the command needs of its surroundings. */
export interface Surroundings {
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Absent where nobody can answer. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** Where the new folder is made. */
  readonly folder: string;
}

/**
 * `create-backend NAME`: makes a folder with the package.
 * @returns the exit code: 0, or 1 with the reason on stderr
 */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { write, complain, ask, folder } = surroundings;
  try {
    const { help, name: given } = parseArguments(argv);
    if (help) {
      write(helpText);
      return 0;
    }
    const name = given ?? (await ask?.('Name of the package (e.g. my-backend): '))?.trim();
    if (!name) throw new UserError('a name is missing: npm create @nexttoken/backend my-backend');
    checkName(name);
    const made = await createBackend(name, folder);
    write(`\n${name} is in ${made}. Next:\n`);
    write(
      `  cd ${relative(folder, made)}\n  npm install\n  npm test        # the conformance kit, green from the start\n`,
    );
    write('Then put your runtime into src/engine.ts; README.md says how.');
    return 0;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    complain(`create-backend: ${error.message}`);
    return 1;
  }
}
