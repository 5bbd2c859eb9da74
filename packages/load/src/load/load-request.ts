import type { createOnnxNodeModel } from '@nexttoken/backend-onnx-node';
import type { ModelTexts } from '../config/model-texts';
import type { ChosenFiles } from '../source/choose-files';
import type { ModelLocation } from '../source/locate-model';
import type { LoadOptions } from './load-types';

/** What is to be loaded, found and chosen. */
export interface LoadRequest {
  readonly name: string;
  readonly location: ModelLocation;
  readonly files: ChosenFiles;
  readonly texts: ModelTexts;
  readonly options: LoadOptions;
  readonly createOnnxNodeModel: typeof createOnnxNodeModel;
}
