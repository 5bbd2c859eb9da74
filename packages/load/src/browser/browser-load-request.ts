import type { createOnnxWebModel } from '@nexttoken/backend-onnx-web';
import type { ModelTexts } from '../config/model-texts';
import type { LoadOptions } from '../load/load-types';
import type { ChosenUrls } from './choose-urls';
import type { UrlLocation } from './locate-url';

/** What is to be loaded, found and chosen. */
export interface BrowserLoadRequest {
  readonly name: string;
  readonly location: UrlLocation;
  readonly files: ChosenUrls;
  readonly texts: ModelTexts;
  readonly options: LoadOptions;
  readonly createOnnxWebModel: typeof createOnnxWebModel;
}
