export { fileSource } from './node/file-source';
export { openCheckpointPath } from './node/open-checkpoint-path';
