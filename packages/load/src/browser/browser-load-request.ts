import type { createOnnxWebModel } from '@nexttoken/backend-onnx-web';
import type { ModelTexts } from '../config/model-texts';
import type { LoadOptions } from '../load/load-types';
import type { BrowserLocation } from './browser-location';
import type { ChosenFiles } from './choose-browser-files';

/** What is to be loaded, found and chosen. */
export interface BrowserLoadRequest {
  readonly name: string;
  readonly location: BrowserLocation;
  readonly files: ChosenFiles;
  readonly texts: ModelTexts;
  readonly options: LoadOptions;
  readonly createOnnxWebModel: typeof createOnnxWebModel;
}
