import { Neighbours } from './neighbour.lists.ts';

/** The number of distinct verses to which each verse is connected, in either direction. */
export function countConnections(
  ties: readonly { from: Uint16Array; to: Uint16Array }[],
  verses: number,
): Uint16Array {
  const from = ties.flatMap((tie) => [tie.from, tie.to]);
  const to = ties.flatMap((tie) => [tie.to, tie.from]);
  const around = new Neighbours(verses, from, to);
  return Uint16Array.from({ length: verses }, (_, verse) => around.of(verse).length);
}
