import { spawn } from 'node:child_process';

export interface CallOptions {
  /** Written to its standard input. */
  input?: string;
  namespace?: string;
}

/** kubectl with the cluster of KUBECONFIG; its standard output. @throws Error with its own words */
export function kubectl(args: readonly string[], options: CallOptions = {}): Promise<string> {
  const { input = '', namespace } = options;
  const all = [...(namespace ? [`--namespace=${namespace}`] : []), ...args];
  return new Promise((resolve, reject) => {
    const child = spawn('kubectl', all, { stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(out);
      else reject(new Error(`kubectl ${all.join(' ')} ended with ${code}: ${said}`));
    });
    child.stdin.on('error', () => {}); // EPIPE: the exit tells more
    child.stdin.end(input);
  });
}

export function apply(text: string): Promise<string> {
  return kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], { input: text });
}

export function applyObjects(...items: readonly object[]): Promise<string> {
  return apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
}

/** What `get … -o json` answers. */
export async function getObject<T>(args: readonly string[], namespace?: string): Promise<T> {
  return JSON.parse(
    await kubectl(['get', ...args, '-o', 'json'], { ...(namespace && { namespace }) }),
  );
}
