'use strict';
// BERKELEY_BINDING names this file: the package loads it in place of its addon. A test sets the property before.
module.exports = globalThis[Symbol.for('berkeley.scripted-addon')];
