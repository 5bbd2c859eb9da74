export { type HubServer, type HubServerOptions, hubServer } from './hub-server';
