/** Reads a value stored on this device; null if the browser forbids storage. */
export function readStorage(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function writeStorage(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Forbidden or full: the choice then lasts until the page is left.
  }
}

/** How many values have a key with this prefix. */
export function countStorageUnder(prefix: string): number {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).length;
  } catch {
    return 0;
  }
}

/** Removes everything whose key has this prefix. */
export function forgetStorageUnder(prefix: string): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) forgetStorage(key);
  } catch {
    // Nothing can be there then.
  }
}

export function forgetStorage(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing can be there then.
  }
}
