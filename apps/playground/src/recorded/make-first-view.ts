import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { recordFirstView } from './record-first-view';

// Writes first-view.json anew: npx tsx --conditions=@nexttoken/source src/recorded/make-first-view.ts
const place = fileURLToPath(new URL('first-view.json', import.meta.url));
await writeFile(place, `${JSON.stringify(await recordFirstView(), null, 1)}\n`);
