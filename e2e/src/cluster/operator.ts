import { runGl } from '@gospelib/processes';
import { repository } from '../platform.ts';
import { kubectl } from './kubectl.ts';

/** What `./gl --env staging …` prints, for who looks after this cluster. @throws Error with its words unless it ends with 0 */
export async function operate(...args: string[]): Promise<string> {
  const context = (await kubectl(['config', 'current-context'])).trim();
  const env = { ...process.env, GOSPELIB_CONTEXT_STAGING: context };
  const { code, stdout, stderr } = await runGl(repository, ['--env', 'staging', ...args], { env });
  if (code === 0) return stdout;
  throw new Error(`gl ${args.join(' ')} ended with ${code}:\n${stderr}${stdout}`);
}
