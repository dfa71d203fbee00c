import type { FastifyBaseLogger } from 'fastify';
import { describe, expect, it, vi } from 'vitest';
import { MailQueue } from './mail.queue.ts';
import type { Mail, MailSender } from './mail.sender.ts';

const mail: Mail = { to: 'a@b.example', subject: 'Hello', text: 'secret link' };

function trial(failures: number, waits = [1, 1]) {
  const sent: Mail[] = [];
  let left = failures;
  const sender: MailSender = {
    async send(one) {
      if (left-- > 0)
        throw Object.assign(new Error('451 a@b.example later'), { responseCode: 451 });
      sent.push(one);
    },
    close: vi.fn(),
  };
  const log = { warn: vi.fn(), error: vi.fn() };
  const queue = new MailQueue(sender, log as unknown as FastifyBaseLogger, waits);
  return { queue, sender, sent, log };
}

describe('MailQueue', () => {
  it('sends beside the request, and waits for it when it closes', async () => {
    const { queue, sent, sender } = trial(0);
    queue.post(mail);
    await queue.close();
    expect(sent).toEqual([mail]);
    expect(sender.close).toHaveBeenCalledOnce();
  });

  it('tries again', async () => {
    const { queue, sent, log } = trial(2);
    queue.post(mail);
    await expect.poll(() => sent).toEqual([mail]);
    expect(log.warn).toHaveBeenCalledTimes(2);
    await queue.close();
  });

  it('gives up in the end, and says so without the text or the address', async () => {
    const { queue, sent, log } = trial(9);
    queue.post(mail);
    await expect.poll(() => log.error).toHaveBeenCalledOnce();
    expect(sent).toEqual([]);
    expect(log.error.mock.calls[0]?.[0]).toMatchObject({ responseCode: 451, subject: 'Hello' });
    expect(JSON.stringify([log.warn.mock.calls, log.error.mock.calls])).not.toMatch(/secret|a@b/);
    await queue.close();
  });

  it('does not wait for another try when it closes', async () => {
    const { queue, log } = trial(9, [60_000]);
    queue.post(mail);
    await expect.poll(() => log.warn).toHaveBeenCalledOnce();
    await queue.close();
    expect(log.error).toHaveBeenCalledOnce();
  });

  it('is bounded', async () => {
    const { queue, log } = trial(9_999, [60_000]);
    for (let n = 0; n < 505; n++) queue.post(mail);
    expect(log.error).toHaveBeenCalledTimes(5);
    await queue.close();
  });
});
