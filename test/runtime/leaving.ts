/** A process that ends with descriptors open, owned and given away, and with two wake-ups. */
import { createRequire } from 'node:module';
import type { Binding } from '../../src/binding.js';
import { bindingFile } from './instance.js';

const { open } = createRequire(import.meta.url)(bindingFile) as { open(closesAtEnd: number): Binding };
const instances = [0, 1].map(kind => {
  const instance = open(0);
  instance.pollerOpen(() => {}, kind);
  return instance;
});
const fd = instances[0]!.socket(1, 1, 0);
instances[0]!.disown(fd);
instances[1]!.own(fd);
console.log('left');
