import { ApiError } from '../http/api-error';
import { sendJson } from '../http/send-json';
import type { Service } from '../request/service';
import type { Endpoint } from './endpoint';

const describe = ({ modelId, created, model, limits }: Service) => ({
  id: modelId,
  object: 'model',
  created,
  owned_by: 'nexttoken',
  max_model_len: model.capabilities.contextLength,
  vocab_size: model.vocabSize,
  max_choices: limits.rows,
});

/** `GET /v1/models`. */
export const models: Endpoint = {
  method: 'GET',
  answer: ({ response, service }) => sendJson(response, 200, { object: 'list', data: [describe(service)] }),
};

/** `GET /v1/models/ID`. */
export const modelNamed = (id: string): Endpoint => ({
  method: 'GET',
  answer({ response, service }) {
    if (id !== service.modelId)
      throw new ApiError(404, 'this model is not served here', { param: 'model', code: 'model_not_found' });
    sendJson(response, 200, describe(service));
  },
});
