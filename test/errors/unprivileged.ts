/** Runs the scenes that need an unprivileged process. Prints the names of those that passed. */

import { runScene } from './run-scene.js';
import { unixUnprivileged, unprivileged } from './scenes.js';

process.setgroups!([]);
process.setgid!(65534);
process.setuid!(65534);
for (const [name, scene] of Object.entries({ ...unprivileged, ...unixUnprivileged })) {
  await runScene(scene);
  console.log(name);
}
