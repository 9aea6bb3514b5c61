import { addresses } from '../fuzz/readers/addresses.js';
import { fuzz } from './fuzz.js';

fuzz(addresses, 500);
