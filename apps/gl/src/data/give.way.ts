import { constants } from 'node:os';
import { lowerPriority } from '@gospelib/processes';

/**
 * Readers come first: this process, and each store that it starts, has a tenth of their share where both want all. Not less:
 * what is verified must come to its end on a busy machine, too. Only root could take it back, so it is for a process
 * that does nothing else.
 */
export function giveWay(): void {
  lowerPriority(process.pid, constants.priority.PRIORITY_BELOW_NORMAL);
}
