export { type ChildProcessOptions, childProcess } from './child-process';
export { endInTheMiddle } from './end-in-the-middle';
