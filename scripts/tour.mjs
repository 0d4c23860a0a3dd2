import { door } from './lib/steps.mjs';
import { tour } from './lib/tour.mjs';

await door((words) => tour({ useRealOne: words.includes('--here') }));
