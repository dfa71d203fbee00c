import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ISSUER = 'https://token.actions.githubusercontent.com';

/** Paths of files. */
export interface SigningIdentity {
  /** As cosign takes it for a trusted root. */
  authority: string;
  certificate: string;
  /** In cosign’s form, without a password. */
  privateKey: string;
}

/**
 * A key with a certificate of an authority of its own, which carries an identity and its issuer as those of Fulcio do.
 * @param authority its name: the same one issues for the same name
 */
export function makeSigningIdentity(
  folder: string,
  authority: string,
  identity: string,
): SigningIdentity {
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const ca = [`${authority}-ca.key`, `${authority}-ca.crt`] as const;
  if (!existsSync(path(ca[1]))) {
    const usage = [
      '-addext',
      'basicConstraints=critical,CA:TRUE',
      '-addext',
      'keyUsage=critical,keyCertSign',
    ];
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      ca[0],
      '-out',
      ca[1],
      '-subj',
      `/CN=${authority}`,
      '-days',
      '1',
      ...usage,
    );
  }
  const name = `${authority}-${identity.replaceAll(/[^a-z0-9]+/gi, '-')}`;
  openssl('req', ...newKey, '-keyout', `${name}.pem`, '-out', `${name}.csr`, '-subj', '/');
  writeFileSync(
    path(`${name}.ext`),
    `keyUsage=critical,digitalSignature
extendedKeyUsage=codeSigning
subjectAltName=critical,URI:${identity}
1.3.6.1.4.1.57264.1.1=DER:${Buffer.from(ISSUER).toString('hex')}
1.3.6.1.4.1.57264.1.8=ASN1:UTF8String:${ISSUER}
`,
  );
  const signed = ['-CA', ca[1], '-CAkey', ca[0], '-CAcreateserial', '-extfile', `${name}.ext`];
  openssl('x509', '-req', '-in', `${name}.csr`, ...signed, '-out', `${name}.crt`, '-days', '1');
  const root = `${authority}-root.json`;
  const trusted = `--fulcio=url=https://${authority}.invalid,certificate-chain=${ca[1]}`;
  const env = { ...process.env, COSIGN_PASSWORD: '' };
  const cosign = (...args: string[]) =>
    execFileSync('cosign', args, { cwd: folder, env, stdio: 'pipe' });
  cosign('trusted-root', 'create', trusted, `--out=${root}`);
  const prefix = `--output-key-prefix=${name}`;
  cosign('import-key-pair', `--key=${name}.pem`, prefix, '--yes');
  return {
    authority: path(root),
    certificate: path(`${name}.crt`),
    privateKey: path(`${name}.key`),
  };
}
