/** A process that exits with open descriptors, owned and released, and with two wake-ups. */
import { open } from './instance.js';

const instances = [0, 1].map(kind => {
  const instance = open();
  instance.pollerOpen(() => {}, kind);
  return instance;
});
const fd = instances[0]!.socket(1, 1, 0);
instances[0]!.disown(fd);
instances[1]!.own(fd);
console.log('left');
