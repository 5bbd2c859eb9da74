import { sendJson } from '../http/send-json';
import type { Endpoint } from './endpoint';

/** `GET /health`: 200 while requests are taken; a server that shuts down does not get here. */
export const health: Endpoint = {
  method: 'GET',
  isOpen: true,
  answer: ({ response }) => sendJson(response, 200, { status: 'ok' }),
};

/** `GET /metrics`, as Prometheus reads them. */
export const metrics: Endpoint = {
  method: 'GET',
  answer({ response, service }) {
    const text = service.metrics.render(service.gauges());
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(text);
  },
};
