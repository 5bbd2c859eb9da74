export { checkCapability } from './check-capability';
export { checkForwardOptions, checkForwardRows } from './check-forward';
export { checkSelect, checkSessionOptions, checkTruncate } from './check-rows';
export { SessionCalls } from './session-calls';
