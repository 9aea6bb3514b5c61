/** The tests of lanes, in one process. */
import '../../reactor/lane.test.js';
import '../../reactor/lane-start.test.js';
import '../../reactor/lane-full.test.js';
import '../../reactor/lane-blocked.test.js';
import '../../reactor/lane-edges.test.js';
