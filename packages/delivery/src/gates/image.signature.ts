import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OperatorError } from '@gospelib/cli-kit';

const run = promisify(execFile);
const TIMEOUT_MS = 60_000;
const ISSUER = 'https://token.actions.githubusercontent.com';

/** Whose signature counts: that of a key, or of a workflow of the repository (keyless). */
export interface Signer {
  /** File or address of the public key. */
  key?: string;
  /** The workflow that signs, without a branch: its certificates carry it with the branch that it ran on. */
  workflow?: string;
  /** Plain HTTP: a registry of one’s own machine. */
  insecure?: boolean;
}

/** From the settings of whoever verifies. @throws OperatorError when they name nobody */
export function signerOf(env: NodeJS.ProcessEnv): Signer {
  const { GOSPELIB_SIGNING_KEY: key, GOSPELIB_SIGNER: workflow } = env;
  const insecure = env.GOSPELIB_REGISTRY_INSECURE === '1';
  if (key) return { key, insecure };
  if (workflow) return { workflow, insecure };
  throw new OperatorError(
    'Nobody is named whose signature counts.',
    'GOSPELIB_SIGNER names the workflow that signs (https://github.com/OWNER/NAME/.github/workflows/images.yml), or GOSPELIB_SIGNING_KEY a public key.',
  );
}

/** The images without a signature that counts, with cosign's reason. @throws OperatorError without cosign */
export async function findUnsigned(
  references: readonly string[],
  signer: Signer,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const verdicts = await Promise.all(
    references.map(async (reference) => {
      const fault = await verify(reference, signer, env);
      return fault === undefined ? [] : [`${reference} (${fault})`];
    }),
  );
  return verdicts.flat();
}

/** As cosign verifies them: by the digest in the reference. */
export function verifyArguments(
  reference: string,
  { key, workflow = '', insecure }: Signer,
): string[] {
  const who =
    key === undefined
      ? [
          `--certificate-identity-regexp=^${RegExp.escape(workflow)}@refs/heads/(stage|hotfix/[a-z0-9-]+)$`,
          `--certificate-oidc-issuer=${ISSUER}`,
        ]
      : [`--key=${key}`, '--insecure-ignore-tlog=true'];
  const how = insecure === true ? ['--allow-insecure-registry', '--allow-http-registry'] : [];
  return ['verify', ...who, ...how, '--output=json', reference];
}

async function verify(
  reference: string,
  signer: Signer,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  try {
    await run('cosign', verifyArguments(reference, signer), { env, timeout: TIMEOUT_MS });
    return undefined;
  } catch (cause) {
    const { code, stderr = '' } = cause as { code?: string; stderr?: string };
    if (code === 'ENOENT') {
      throw new OperatorError(
        'cosign is not on the PATH: whether the images are signed is not known.',
        'Install it (https://docs.sigstore.dev/cosign/system_config/installation), then repeat the command.',
      );
    }
    const lines = stderr.split('\n').filter((line) => line.trim() !== '');
    return (
      lines.findLast((line) => /error|no signatures|none of/i.test(line)) ??
      lines.at(-1) ??
      'it failed'
    )
      .replace(/^(main\.go:\d+: )?(Error: )?/, '')
      .trim();
  }
}

/**
 * Signs images in their registry, where there is something to sign with: a private key (GOSPELIB_SIGNING_PRIVATE_KEY), or
 * the identity of a workflow. @returns what was done, for people @throws OperatorError with cosign's words
 */
export async function signImages(
  references: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const key = env.GOSPELIB_SIGNING_PRIVATE_KEY;
  if (!key && !env.ACTIONS_ID_TOKEN_REQUEST_URL) {
    return 'The images are not signed: there is no key here and no identity of a workflow. No release takes them.';
  }
  const who = key ? [`--key=${key}`, '--tlog-upload=false'] : [];
  const how =
    env.GOSPELIB_REGISTRY_INSECURE === '1'
      ? ['--allow-insecure-registry', '--allow-http-registry']
      : [];
  for (const reference of references) {
    try {
      await run('cosign', ['sign', '--yes', ...who, ...how, reference], {
        env,
        timeout: TIMEOUT_MS,
      });
    } catch (cause) {
      const { stderr = '', message } = cause as Error & { stderr?: string };
      throw new OperatorError(
        `${reference} was not signed: ${stderr.trim().split('\n').at(-1) || message}`,
        'It lies in the registry unsigned, and no release takes it. Sign it, or run it again.',
        { cause },
      );
    }
  }
  return `${references.length} images are signed.`;
}
