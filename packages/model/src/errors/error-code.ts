/**
 * Stable codes of every error this project throws on purpose. A code never changes its meaning;
 * new ones may be added. Aborts are no `NextTokenError`: they keep the platform's `AbortError`.
 */
export type NextTokenErrorCode =
  /** A parameter or option has an illegal value; `details`: parameter, value, expected. */
  | 'invalid-parameter'
  /** An option that is not known or cannot be honoured; `details`: option (unknown: owner, nearest, known). */
  | 'unsupported-option'
  /** The backend lacks a capability that the call needs; `details`: capability. */
  | 'unsupported-capability'
  /** A graph has no value of this name to give out; `details`: tap, near, known. */
  | 'unknown-tap'
  /** Data name a type of processor or sampler that nobody registered; `details`: kind, type, nearest, known. */
  | 'unknown-type'
  /** A token id outside the vocabulary; `details`: id, vocabSize. */
  | 'invalid-token-id'
  /** Nothing to continue from: no token in the prompt. */
  | 'empty-prompt'
  /** More positions than the model's context; `details`: length, contextLength. */
  | 'context-overflow'
  /** A second call while one is running; `details`: running. */
  | 'session-busy'
  /** The object was disposed before. */
  | 'disposed'
  /** Every candidate has the score -Infinity: nothing is left to choose from. */
  | 'no-candidates'
  /** A row of scores holds NaN; `details`: index. */
  | 'invalid-scores'
  /** The model's logits hold NaN or +Infinity; `details`: step, row, index. */
  | 'invalid-logits'
  /** A logits processor threw; `details`: processor, step, row; the original error is the `cause`. */
  | 'processor-failed'
  /** A sampler threw; `details`: sampler, step, row; the original error is the `cause`. */
  | 'sampler-failed'
  /** A stop condition threw; `details`: step, row; the original error is the `cause`. */
  | 'stop-condition-failed'
  /** A draft threw; `details`: draft, step, row; the original error is the `cause`. */
  | 'draft-failed'
  /** A stored run cannot be read or continued; `details`: field. */
  | 'invalid-run'
  /** A trace file is truncated, damaged or of another version; `details`: field. */
  | 'invalid-trace'
  /** A file or folder is missing; `details`: path. */
  | 'file-not-found'
  /** A file is truncated, malformed or of another format than its name says; `details`: path. */
  | 'invalid-file'
  /** A server cannot be reached, or answers with an error or not as asked; `details`: url, status. */
  | 'request-failed'
  /** The hub refuses a model: private, gated, or no right to it; `details`: url, status, reason. */
  | 'access-denied'
  /** Nothing may be asked from a server, and the cache does not have it; `details`: name, path. */
  | 'offline'
  /** Bytes do not have the checksum that was announced for them; `details`: path, expected. */
  | 'checksum-mismatch'
  /** A server names a file so that it could leave the cache; `details`: path. */
  | 'unsafe-path'
  /** A config contradicts itself, the tensors or the tokenizer; `details`: path, field. */
  | 'invalid-config'
  /** No description of this model architecture; `details`: architecture. */
  | 'unknown-architecture'
  /** The architecture needs a tensor that the file lacks; `details`: path, tensor. */
  | 'missing-tensor'
  /** A tensor has another shape than the config says; `details`: path, tensor, expected, actual. */
  | 'tensor-shape'
  /** A tensor has a data type that cannot be read; `details`: path, tensor, dtype. */
  | 'unsupported-dtype'
  /** Tokenizer and model do not fit together; `details`: id, vocabSize. */
  | 'tokenizer-mismatch'
  /** A text cannot be encoded; `details`: text, kind. */
  | 'encode-failed'
  /** A chat template is missing or failed; `details`: reason. */
  | 'chat-template'
  /** Neither a path, nor an embedded name, nor a cached id; `details`: name. */
  | 'model-not-found'
  /** A package that the call needs is not installed; `details`: package. */
  | 'backend-missing'
  /** The device asked for does not exist here; `details`: device, available. */
  | 'device-unavailable'
  /** The device went away while the model ran (a driver was reset, a GPU unplugged); `details`: device, reason. */
  | 'device-lost'
  /** The runtime below failed; the original error is the `cause`. */
  | 'backend-failed'
  /** The file cache has no room or cannot be written; `details`: path, needed, limit. */
  | 'cache-failed'
  /** A file or folder is there already, and is not replaced unasked; `details`: path. */
  | 'already-exists'
  /** A folder cannot be written; `details`: path, needed, available. */
  | 'export-failed'
  /** A model needs more memory than its runtime can address; `details`: needed, limit, runtime. */
  | 'memory-limit'
  /** A JSON schema has a keyword or value that cannot be honoured; `details`: keyword, pointer, reason. */
  | 'unsupported-schema'
  /** A grammar or pattern is malformed or beyond what is supported; `details`: reason, line (of a grammar). */
  | 'invalid-grammar'
  /** A grammar needs more states than are compiled; `details`: what, maximum. */
  | 'grammar-too-large'
  /** No text fits a schema or grammar; `details`: reason. */
  | 'empty-grammar'
  /** A token was appended that the grammar does not allow there; `details`: id, token. */
  | 'grammar-violated'
  /** No token of the vocabulary goes on as the grammar demands; `details`: rules. */
  | 'grammar-stuck'
  /** A generated value passes its grammar, and its schema's own validation refuses it; `details`: issues. */
  | 'invalid-object';
