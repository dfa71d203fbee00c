import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A port of this machine that leads into one pod, past its Service and every network policy. */
export async function forwardPod(
  namespace: string,
  pod: string,
  port: number,
): Promise<{ origin: string; stop: () => void }> {
  const args = [`--namespace=${namespace}`, 'port-forward', pod, `:${port}`, '--address=127.0.0.1'];
  const child = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const at = /127\.0\.0\.1:(\d+) ->/.exec(line)?.[1];
    if (at !== undefined) {
      child.stdout.resume();
      return { origin: `http://127.0.0.1:${at}`, stop: () => void child.kill() };
    }
  }
  throw new Error(`No port leads into ${pod}.`);
}
