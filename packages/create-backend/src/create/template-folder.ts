import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside `dist` in the published package, two folders up from this file in the sources. */
const places = ['../template', '../../template'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** The folder that is copied; beside it stands the manifest of this package. */
export const templateFolder = places.find((path) => existsSync(path)) ?? places[0]!;
