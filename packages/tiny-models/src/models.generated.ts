// Written by training/metadata.py. Do not edit.
import type { TinyModel, TinyModelName } from './types.js';

export const models: Readonly<Record<TinyModelName, TinyModel>> = {
  "tales": {
    "name": "tales",
    "description": "A base model that continues simple stories and knows a few facts.",
    "chat": false,
    "parameters": 2730432,
    "vocabularySize": 3072,
    "contextLength": 512,
    "dtype": "float16",
    "licence": "MIT",
    "files": {
      "config.json": {
        "bytes": 732,
        "sha256": "39d1340ee24f72c5076b12e4519024c3b4cdee154a6f6014e9241f150d7744bf"
      },
      "generation_config.json": {
        "bytes": 66,
        "sha256": "d78d16e418d72fc5f262d401eb2d745179c45b42f6a46db15d3387d6544fe5e5"
      },
      "tokenizer.json": {
        "bytes": 193827,
        "sha256": "fb2a69b6be4d61ae2f600b3285bd688205e008bb91000af94b4c6edc9d07e585"
      },
      "tokenizer_config.json": {
        "bytes": 1050,
        "sha256": "8e9d7c5b7cf8f56c4530f675657dc11b10742134410052d41757d2fdff8a3690"
      },
      "model.safetensors": {
        "bytes": 5466832,
        "sha256": "a1816884da6c8b33f657e59fc3aed51a0e429ac18fb81f1ba2dfd4dd16e9e60c"
      }
    }
  },
  "tales-chat": {
    "name": "tales-chat",
    "description": "The same model, tuned on ChatML conversations: it answers simple questions and stops.",
    "chat": true,
    "parameters": 2730432,
    "vocabularySize": 3072,
    "contextLength": 512,
    "dtype": "float16",
    "licence": "MIT",
    "files": {
      "config.json": {
        "bytes": 732,
        "sha256": "0a1b807c3f09071f985f66e18a931462be004ecd978a9af96d8126caaa785cd3"
      },
      "generation_config.json": {
        "bytes": 66,
        "sha256": "f69dca89e11b7fcf5379bd98fe7d9012e929a26ad87fff27e77d970e1be3dd09"
      },
      "tokenizer.json": {
        "bytes": 193827,
        "sha256": "fb2a69b6be4d61ae2f600b3285bd688205e008bb91000af94b4c6edc9d07e585"
      },
      "tokenizer_config.json": {
        "bytes": 1047,
        "sha256": "545f3d99d9c5879453189eb58e3953754a64b361462e38ee148c0e06bf89b6aa"
      },
      "model.safetensors": {
        "bytes": 5466832,
        "sha256": "5d82f1502ec82b2a005bdcbdcc80da57a33e500d88229a7b38d3e11be94a36c8"
      }
    }
  }
};
