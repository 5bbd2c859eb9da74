import * as runtime from 'onnxruntime-web/webgpu';
import { serveWebModel } from './serve-web-model';

serveWebModel(runtime);
