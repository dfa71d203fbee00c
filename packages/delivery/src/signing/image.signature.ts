import { OperatorError } from '@gospelib/cli-kit';
import { registryArguments, runTool, ToolFailure } from './cosign.run.ts';

const ISSUER = 'https://token.actions.githubusercontent.com';
/** What is looked for: the signature of the image, and its list of contents, signed as well. */
const kinds = { verify: [], 'verify-attestation': ['--type=spdxjson'] } as const;

/** Whose signature counts: that of a key, or of a workflow of the repository. */
export interface Signer {
  /** File or address of the public key. */
  key?: string;
  /** The workflow that signs, without a branch: its certificates carry it with the branch that it ran on. */
  workflow?: string;
  /** File with an authority of one’s own (`cosign trusted-root create`); without it that of Sigstore counts, with its log. */
  authority?: string;
}

/** From the settings of whoever verifies. @throws OperatorError when they name nobody */
export function signerOf(env: NodeJS.ProcessEnv): Signer {
  const {
    GOSPELIB_SIGNING_KEY: key,
    GOSPELIB_SIGNER: workflow,
    GOSPELIB_SIGNING_AUTHORITY: authority,
  } = env;
  if (key) return { key };
  if (workflow) return { workflow, ...(authority && { authority }) };
  throw new OperatorError(
    'Nobody is named whose signature counts.',
    'GOSPELIB_SIGNER names the workflow that signs (https://github.com/OWNER/NAME/.github/workflows/images.yml), or GOSPELIB_SIGNING_KEY a public key.',
  );
}

/**
 * The images without a signature, or without a signed list of contents, that counts: each with cosign's reason.
 * @throws OperatorError without cosign
 */
export async function findUnsigned(
  references: readonly string[],
  signer: Signer,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const verdicts: string[] = [];
  for (const reference of references) {
    const fault = await verify(reference, signer, env);
    if (fault !== undefined) verdicts.push(`${reference} (${fault})`);
  }
  return verdicts;
}

/** Whose signature cosign is to take. */
export function signerArguments({ key, workflow = '', authority }: Signer): readonly string[] {
  if (key !== undefined) return [`--key=${key}`, '--insecure-ignore-tlog=true'];
  const own = [
    `--trusted-root=${authority}`,
    '--insecure-ignore-tlog=true',
    '--insecure-ignore-sct=true',
  ];
  return [
    `--certificate-identity-regexp=^${RegExp.escape(workflow)}@refs/heads/(stage|hotfix/[a-z0-9-]+)$`,
    `--certificate-oidc-issuer=${ISSUER}`,
    ...(authority === undefined ? [] : own),
  ];
}

/** Why an image does not count; undefined: it does. By the digest in the reference, so that no byte may differ. */
async function verify(
  reference: string,
  signer: Signer,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const args = [...signerArguments(signer), ...registryArguments(env), '--output=json', reference];
  try {
    for (const [kind, own] of Object.entries(kinds)) {
      await runTool('cosign', [kind, ...own, ...args], env);
    }
    return undefined;
  } catch (error) {
    if (error instanceof ToolFailure) return error.message;
    throw error;
  }
}
