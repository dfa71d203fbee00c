/** Addresses of what an apply could not make, told by its own words. @throws the error itself where it names none */
export function failedAddresses(error: unknown): string[] {
  const named = /^\s*with ([^\s,]+(?:\["[^"]*"\])?[^\s,]*),$/gm;
  const found = [...String((error as Error).message).matchAll(named)];
  if (found.length === 0) throw error;
  return found.map(([, address = '']) => address);
}
