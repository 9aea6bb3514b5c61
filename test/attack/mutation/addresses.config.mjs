import { configurationOf } from './base.mjs';

export default configurationOf('addresses');
