import * as runtime from 'onnxruntime-web/jspi';
import { serveWebModel } from './serve-web-model';

serveWebModel(runtime);
