import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

const EVERY_MS = 5_000;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

export interface AuthorityLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

/**
 * Node reads NODE_EXTRA_CA_CERTS once, at start. A cluster writes another authority of the stores into that file while
 * the service runs: connections made from then on trust what stands there now, beside what Node brings.
 * @param path of the file; without one nothing is followed
 * @returns looks at once
 */
export function followAuthority(path: string | undefined, log: AuthorityLog): () => void {
  if (!path) return () => undefined;
  let known = read(path);
  const look = (): void => {
    const text = read(path);
    // While it is being written it may be missing or empty.
    if (text === known || text === '') return;
    known = text;
    const own = text.match(CERTIFICATE) ?? [];
    try {
      if (own.length === 0) throw new Error('It holds no certificate.');
      setDefaultCACertificates([...getCACertificates('bundled'), ...own]);
      log.info({ path, certificates: own.length }, 'another authority is trusted from now on');
    } catch (err) {
      log.warn({ err, path }, 'the authority in this file cannot be used: the one before stays');
    }
  };
  setInterval(look, EVERY_MS).unref();
  return look;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
