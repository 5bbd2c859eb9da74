import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Real weights and goldens beside the repository; tests that need them are skipped where they are not. */
export const sharedFolder = fileURLToPath(new URL('../../../../../shared/', import.meta.url));

export const hasSharedData = existsSync(`${sharedFolder}data/models`) && existsSync(`${sharedFolder}goldens`);

if (!hasSharedData) console.info(`skipped: no shared data in ${sharedFolder}`);
