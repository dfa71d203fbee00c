import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OperatorError } from '@gospelib/cli-kit';

const run = promisify(execFile);
const TIMEOUT_MS = 120_000;
const MAX_BYTES = 1 << 28;

/** Whose arguments are written for these versions; others of the same major may do. */
export const signingTools = {
  cosign: {
    version: '3.1.3',
    install: 'https://docs.sigstore.dev/cosign/system_config/installation',
  },
  syft: { version: '1.57.1', install: 'https://github.com/anchore/syft#installation' },
} as const;

/** How a program failed: its last words. */
export class ToolFailure extends Error {}

/** What cosign or syft prints. @throws ToolFailure with its words, OperatorError where it is not on the PATH */
export async function runTool(
  tool: keyof typeof signingTools,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  try {
    const { stdout } = await run(tool, args, { env, timeout: TIMEOUT_MS, maxBuffer: MAX_BYTES });
    return stdout;
  } catch (cause) {
    const { code, stderr = '', message } = cause as Error & { code?: string; stderr?: string };
    if (code !== 'ENOENT') throw new ToolFailure(lastWords(stderr) ?? message, { cause });
    const { version, install } = signingTools[tool];
    throw new OperatorError(
      `${tool} is not on the PATH.`,
      `Install version ${version} (${install}), then repeat the command.`,
      { meaning: 'Whether the images are signed is not known without it.' },
    );
  }
}

/** Plain HTTP: a registry of one’s own machine. */
export function registryArguments(env: NodeJS.ProcessEnv): readonly string[] {
  const isInsecure = env.GOSPELIB_REGISTRY_INSECURE === '1';
  return isInsecure ? ['--allow-insecure-registry', '--allow-http-registry'] : [];
}

function lastWords(stderr: string): string | undefined {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line =
    lines.findLast((one) => /error|no signatures|none of|no matching/i.test(one)) ?? lines.at(-1);
  return line?.replace(/^(Error: |error during command execution: )+/, '').trim();
}
