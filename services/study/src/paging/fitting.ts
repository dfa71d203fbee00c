/** A row that could be read, and about how large it is. */
export interface Sized {
  id: string;
  bytes: number;
}

/** What a page may hold. */
export interface PageLimits {
  rows: number;
  /** Of what is stored; the first row is on the page however large it is. */
  bytes: number;
}

/** How many of these rows make the next page, so that no answer is as large as many of the largest things. */
export function fitting(rows: readonly Sized[], limits: PageLimits): number {
  let [count, bytes] = [0, 0];
  for (const row of rows.slice(0, limits.rows)) {
    bytes += row.bytes;
    if (count > 0 && bytes > limits.bytes) break;
    count += 1;
  }
  return count;
}
