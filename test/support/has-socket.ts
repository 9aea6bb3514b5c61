/** A program: exits with 0 if the descriptor that it is told is a socket which it has inherited, else with 1. */
import { Socket } from 'berkeley';

try {
  Socket.adopt(Number(process.argv[2]));
  process.exit(0);
} catch {
  process.exit(1);
}
