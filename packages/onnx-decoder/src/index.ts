export { DecoderModel, type DecoderModelOptions } from './decoder/decoder-model';
export { type LiveHandles, liveHandles } from './decoder/live-handles';
export type { LayoutHints } from './layout/graph-layout';
export type { Endpoint } from './remote/endpoint';
export { RemoteCaller } from './remote/remote-caller';
export { RemoteModel } from './remote/remote-model';
export { serveModel } from './remote/serve-model';
export type { OnnxRuntime, OpenSession } from './runtime';
