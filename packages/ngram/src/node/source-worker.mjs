import { register } from 'tsx/esm/api';

// The worker of the repository's own sources, which need a loader; a published package never comes here.
register();
await import('./suffix-worker.ts');
