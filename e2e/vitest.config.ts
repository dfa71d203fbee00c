import { wholeSystem } from './whole.config.ts';

/** The platform as its readers use it. */
export default await wholeSystem('e2e', 'src');
