import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Paths of PEM files. */
export interface TestCertificates {
  authority: string;
  certificate: string;
  key: string;
}

/** The same as text, as a Secret of a cluster has it. @param names of the hosts */
export function makeTlsSecret(
  names: readonly string[],
): Record<'ca.crt' | 'tls.crt' | 'tls.key', string> {
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-tls-'));
  try {
    const { authority, certificate, key } = makeCertificates(
      folder,
      names.map((name) => `DNS:${name}`),
    );
    const read = (path: string) => readFileSync(path, 'utf8');
    return { 'ca.crt': read(authority), 'tls.crt': read(certificate), 'tls.key': read(key) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * An authority of its own and a certificate, by default of 127.0.0.1, for one day, written into a folder.
 * @param names as openssl writes them: `IP:127.0.0.1`, `DNS:redis`
 * @throws Error without openssl
 */
export function makeCertificates(
  folder: string,
  names: readonly string[] = ['IP:127.0.0.1'],
): TestCertificates {
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-subj',
    '/CN=test',
    '-days',
    '1',
  );
  openssl('req', ...newKey, '-keyout', 'store.key', '-out', 'store.csr', '-subj', '/CN=store');
  writeFileSync(path('names'), `subjectAltName=${names.join(',')}\n`);
  const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names'];
  openssl('x509', '-req', '-in', 'store.csr', ...signed, '-out', 'store.crt', '-days', '1');
  return { authority: path('ca.crt'), certificate: path('store.crt'), key: path('store.key') };
}
