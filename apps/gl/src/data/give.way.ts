import { constants, getPriority, setPriority } from 'node:os';

/**
 * Readers come first: this process, and each store that it starts, takes the processor time that is left. Only root could take
 * it back, so it is for a process that does nothing else.
 */
export function giveWay(): void {
  const { PRIORITY_LOW } = constants.priority;
  if (getPriority() < PRIORITY_LOW) setPriority(PRIORITY_LOW);
}
