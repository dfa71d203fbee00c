import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outboxSender, pruneOutbox } from './outbox.sender.ts';
import { smtpSender } from './smtp.sender.ts';

const mail = {
  to: 'reader@home.example',
  subject: 'Confirm',
  text: 'Open https://x.example/a?b=c\n',
};
const from = 'GospeLib <no-reply@gospelib.example>';

describe('the outbox', () => {
  it('holds one file a mail, whole, for its owner only', async () => {
    const root = mkdtempSync(join(tmpdir(), 'outbox-'));
    const folder = join(root, 'mail');
    const sender = outboxSender(folder, from);
    await Promise.all([sender.send(mail), sender.send({ ...mail, subject: 'Second' })]);
    const files = readdirSync(folder);
    expect(files).toHaveLength(2);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const file of files) {
      expect(file).toMatch(/^\d{4}-\d\d-\d\dT[\d-]+\.\d{3}Z-[0-9a-f]{8}\.json$/);
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
      expect(JSON.parse(readFileSync(join(folder, file), 'utf8'))).toMatchObject({
        from,
        to: mail.to,
        text: mail.text,
        at: expect.stringMatching(/Z$/),
      });
    }
    rmSync(root, { recursive: true });
  });
});

describe('the outbox, tidied up', () => {
  it('keeps mails of the last days, and what is no mail', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'outbox-'));
    await pruneOutbox(join(folder, 'none yet'), 7);
    await outboxSender(folder, from).send(mail);
    const [young = ''] = readdirSync(folder);
    const at = (days: number) =>
      new Date(Date.now() - days * 86_400_000).toISOString().replaceAll(':', '-');
    const kept = [young, `${at(6.9)}-aaaaaaaa.json`, 'notes.txt', '2020.json.bak'];
    const old = [`${at(7.1)}-bbbbbbbb.json`, `.${at(8)}-cccccccc.json`];
    for (const name of [...kept.slice(1), ...old]) writeFileSync(join(folder, name), '{}');
    await pruneOutbox(folder, 7);
    expect(readdirSync(folder).sort()).toEqual(kept.sort());
    rmSync(folder, { recursive: true });
  });
});

/** A mail server that accepts everything. */
function startSmtp(received: string[]): Promise<Server> {
  const server = createServer((socket) => {
    let inData = false;
    socket.write('220 test\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const text = chunk.toString();
      received.push(text);
      if (inData) {
        if (text.endsWith('\r\n.\r\n')) {
          inData = false;
          socket.write('250 taken\r\n');
        }
      } else if (text.startsWith('DATA')) {
        inData = true;
        socket.write('354 go on\r\n');
      } else if (text.startsWith('QUIT')) socket.end('221 bye\r\n');
      else socket.write('250 fine\r\n');
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe('a mail server', () => {
  it('gets the mail, as plain text, from and to whom it is', async () => {
    const received: string[] = [];
    const server = await startSmtp(received);
    const { port } = server.address() as AddressInfo;
    const sender = smtpSender(`smtp://127.0.0.1:${port}`, from);
    await sender.send(mail);
    sender.close();
    server.close();
    const all = received.join('');
    expect(all).toContain('MAIL FROM:<no-reply@gospelib.example>');
    expect(all).toContain('RCPT TO:<reader@home.example>');
    expect(all).toContain('Subject: Confirm');
    expect(all).toContain('Content-Type: text/plain');
  });

  it('that is away fails the mail', async () => {
    const server = await startSmtp([]);
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const sender = smtpSender(`smtp://127.0.0.1:${port}`, from);
    await expect(sender.send(mail)).rejects.toThrow();
    sender.close();
  });
});
