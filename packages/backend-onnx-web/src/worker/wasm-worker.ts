import * as runtime from 'onnxruntime-web/wasm';
import { serveWebModel } from './serve-web-model';

serveWebModel(runtime);
