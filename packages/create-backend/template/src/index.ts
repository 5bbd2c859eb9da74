export { createModel, openSessions } from './create-model.js';
