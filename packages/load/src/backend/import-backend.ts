import { NextTokenError } from '@nexttoken/model';

/**
 * Imports an optional package when it is needed.
 * @param importer `() => import('…')`, with a literal name, so that bundlers see it
 * @param install everything that has to be installed for it
 * @throws NextTokenError `backend-missing` that names the package that was not found, and the install command
 */
export async function importBackend<Module>(
  importer: () => Promise<Module>,
  install: readonly string[],
): Promise<Module> {
  try {
    return await importer();
  } catch (cause) {
    const missing = missingPackage(cause);
    if (missing === undefined) throw cause;
    const command = `npm install ${install.join(' ')}`;
    throw new NextTokenError(
      'backend-missing',
      `${missing} is not installed; to run models here: ${command}`,
      { package: missing, install: command },
      { cause },
    );
  }
}

/** As Node says it, and as bundlers do for an optional peer that is not there. Broken packages are another matter. */
const messages = [/Cannot find package '([^']+)'/, /Could not resolve "([^"]+)"/];

function missingPackage(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  for (const message of messages) {
    const found = message.exec(error.message)?.[1];
    if (found !== undefined && !/^[./]/.test(found)) return found;
  }
  return undefined;
}
