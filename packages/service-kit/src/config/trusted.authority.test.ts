import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect, createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { makeCertificates, scratchFolder, type TestCertificates } from '@gospelib/testkit';
import { expect, it, onTestFinished } from 'vitest';
import { followAuthority } from './trusted.authority.ts';

/** A server of each of two authorities, and a file with the first. */
async function open() {
  const folder = scratchFolder();
  const file = join(folder, 'ca.crt');
  const said: string[] = [];
  const note = (_details: object, message: string) => void said.push(message);
  const sites = await Promise.all(['first', 'second'].map((name) => serve(join(folder, name))));
  const [first, second] = sites as [Site, Site];
  copyFileSync(first.authority, file);
  const before = getCACertificates('default');
  onTestFinished(() => setDefaultCACertificates(before));
  setDefaultCACertificates([...before, readFileSync(file, 'utf8')]);
  return { file, said, first, second, look: followAuthority(file, { info: note, warn: note }) };
}

type Site = TestCertificates & { answer: () => Promise<string> };

async function serve(folder: string): Promise<Site> {
  mkdirSync(folder);
  const made = makeCertificates(folder);
  const [cert, key] = [made.certificate, made.key].map((path) => readFileSync(path));
  const server = createServer({ cert, key }, (socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const answer = () =>
    new Promise<string>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port });
      socket.once('secureConnect', () => resolve('trusted'));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      socket.once('close', () => socket.destroy());
    });
  return { ...made, answer };
}

it('trusts what the file says now: both for a time, then the new one alone', async () => {
  const { file, said, first, second, look } = await open();
  const both = async () => [await first.answer(), await second.answer()];
  const refused = expect.stringMatching(/UNABLE_TO_VERIFY|SELF_SIGNED/);
  expect(await both()).toEqual(['trusted', refused]);
  writeFileSync(file, [first, second].map((one) => readFileSync(one.authority)).join(''));
  look();
  expect(await both()).toEqual(['trusted', 'trusted']);
  copyFileSync(second.authority, file);
  look();
  expect(await both()).toEqual([refused, 'trusted']);
  expect(said).toEqual(Array(2).fill('another authority is trusted from now on'));
});

it('keeps the one before while the file cannot be used', async () => {
  const { file, said, first, look } = await open();
  for (const broken of ['', 'no certificate']) {
    writeFileSync(file, broken);
    look();
    expect(await first.answer()).toBe('trusted');
  }
  expect(said).toEqual(['the authority in this file cannot be used: the one before stays']);
});
