'use strict';

// Runs the tests of multicast-dns, which are in its archive.
require('./replace-dgram.cjs');
require('multicast-dns/test.js');
