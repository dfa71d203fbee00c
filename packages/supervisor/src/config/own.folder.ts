import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** What makes a folder a platform's. */
export const rememberedFile = 'environment.json';

/**
 * Nobody else may look into a folder of the platform: it holds backups, mails and what people wrote. Root's folders may be
 * passed through, since PostgreSQL refuses to run as root and its files lie below.
 */
const mode = process.getuid?.() === 0 ? 0o711 : 0o700;

/** Creates a folder, with all above it that are missing, for this user only. */
export function makeOwnFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode });
}

/** Closes a data folder that an earlier release made open to others; a folder that is not a platform's stays as it is. */
export function closeDataFolder(dataDir: string): void {
  if (existsSync(join(dataDir, rememberedFile))) chmodSync(dataDir, mode);
}
