import type { Subject } from '../lab.js';
import { bind } from './bind.js';
import { close } from './close.js';
import { connect } from './connect.js';
import { create } from './create.js';
import { groups } from './groups.js';
import { options } from './options.js';
import { receive } from './receive.js';
import { send } from './send.js';

/** All statements, in the order of the table in docs/dgram.md. */
export const subjects: readonly Subject[] = [create, bind, connect, send, receive, options, groups, close];
