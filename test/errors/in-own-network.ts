/** Runs the scenes that need a network of their own. Prints the names of those that passed. */
import { runScene } from './run-scene.js';
import { ownNetwork } from './scenes.js';

for (const [name, scene] of Object.entries(ownNetwork)) {
  await runScene(scene);
  console.log(name);
}
