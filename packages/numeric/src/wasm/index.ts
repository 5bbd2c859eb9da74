export { type Code, type NumberType, type WasmFunction, wasmModule } from './assembler';
export * from './instructions';
