import { constants } from 'node:os';
import { lowerPriority } from '@gospelib/processes';

/**
 * Readers come first: this process, and each store that it starts, takes the processor time that is left. Only root could take
 * it back, so it is for a process that does nothing else.
 */
export function giveWay(): void {
  lowerPriority(process.pid, constants.priority.PRIORITY_LOW);
}
