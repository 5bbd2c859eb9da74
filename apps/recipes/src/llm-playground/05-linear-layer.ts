import { softmax } from '@nexttoken/numeric';

// 2.1 A single Linear layer, y = W x + b, written out, and its softmax.
const weight = [
  [0.5, -1, 0.25],
  [1.5, 0.5, -0.75],
];
const bias = [0.1, -0.2];
const x = [1, 2, 3];
const y = weight.map((row, i) => row.reduce((sum, w, j) => sum + w * x[j]!, bias[i]!));
console.log('Input:', x.join(', '));
console.log('Output y = Wx + b:', y.map((value) => value.toFixed(3)).join(', '));
console.log('Softmax:', Array.from(softmax(Float32Array.from(y)), (share) => share.toFixed(3)).join(', '));
