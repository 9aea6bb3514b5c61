import { controlMessages } from '../fuzz/readers/control.js';
import { fuzz } from './fuzz.js';

fuzz(controlMessages, 200);
