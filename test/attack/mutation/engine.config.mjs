import { configurationOf } from './base.mjs';

export default configurationOf('engine');
