import { serveCalls } from '../remote/serve-calls';
import { engineHandlers } from './engine';
import type { EngineApi } from './protocol';

serveCalls<EngineApi>(self as never, engineHandlers());
