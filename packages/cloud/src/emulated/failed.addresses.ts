/** Addresses of what an apply could not make, told by its own words. */
export function failedAddresses(error: unknown): string[] {
  const named = /^\s*with ([^\s,]+(?:\["[^"]*"\])?[^\s,]*),$/gm;
  return [...String((error as Error).message).matchAll(named)].map(([, address = '']) => address);
}
