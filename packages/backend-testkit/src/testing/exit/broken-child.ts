import { argv } from 'node:process';
import { endInTheMiddle } from '../../node/end-in-the-middle';
import { ReferenceModel } from '../reference-model';

// Started by `childProcess`: an ending, then the name of a mistake.
const model = new ReferenceModel();
const mistakes: Record<string, () => void> = {
  // What ending a process in the middle of a native run does.
  'aborts on exit': () => process.on('exit', () => process.abort()),
  'keeps alive': () => void setInterval(() => undefined, 1000),
  'takes SIGINT': () => process.on('SIGINT', () => process.exit(0)),
  'never disposes': () => {
    model.dispose = () => new Promise(() => undefined);
  },
};
mistakes[argv[3]!]!();
await endInTheMiddle(model);
