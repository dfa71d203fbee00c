import { wholeSystem } from './whole.config.ts';

/** The platform while parts of it are killed, damaged, replaced and recovered. */
export default await wholeSystem('faults', 'src/faults');
