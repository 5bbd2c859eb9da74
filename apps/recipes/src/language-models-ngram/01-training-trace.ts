import { trainingTrace } from '@nexttoken/ngram';

// "Training": what train_lm prints with debug=True, n = 5.
const sentence = ['The', 'quick', 'brown', 'fox', 'jumped', 'over', 'the', 'lazy', 'dog', '.'];
for (const line of trainingTrace([sentence], 5)) console.log(line);
