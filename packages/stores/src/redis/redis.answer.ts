/** Whether a server of Redis' kind answers in time, be it with a refusal. */
export async function redisAnswers(url: string, timeoutMs: number): Promise<boolean> {
  const { createClient, ErrorReply } = await import('@redis/client');
  const client = createClient({
    url,
    disableClientInfo: true,
    socket: { reconnectStrategy: false, connectTimeout: timeoutMs },
  });
  client.on('error', () => {});
  const limit = setTimeout(() => client.destroy(), timeoutMs);
  try {
    await client.connect();
    await client.ping();
    return true;
  } catch (error) {
    return error instanceof ErrorReply;
  } finally {
    clearTimeout(limit);
    if (client.isOpen) client.destroy();
  }
}
