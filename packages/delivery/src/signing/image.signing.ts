import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import { registryArguments, runTool, ToolFailure } from './cosign.run.ts';

/**
 * Signs images in their registry, and attaches to each its list of contents (SPDX, by syft), signed as well: where there
 * is something to sign with, a private key (GOSPELIB_SIGNING_PRIVATE_KEY) or the identity of a workflow.
 * @returns what was done, for people
 * @throws OperatorError with the words of cosign or syft
 */
export async function signImages(
  references: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  if (!env.GOSPELIB_SIGNING_PRIVATE_KEY && !env.ACTIONS_ID_TOKEN_REQUEST_URL) {
    return 'The images are not signed: there is no key here and no identity of a workflow. No release takes them.';
  }
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-sbom-'));
  try {
    for (const reference of references) await signOne(reference, folder, env);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return `${references.length} images are signed, each with its list of contents.`;
}

async function signOne(reference: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const how = ['--yes', ...keyArguments(env), ...registryArguments(env)];
  const list = join(folder, 'sbom.spdx.json');
  try {
    writeFileSync(list, await listContents(reference, env));
    await runTool('cosign', ['sign', ...how, reference], env);
    await runTool(
      'cosign',
      ['attest', ...how, '--type=spdxjson', `--predicate=${list}`, reference],
      env,
    );
  } catch (error) {
    if (!(error instanceof ToolFailure)) throw error;
    throw new OperatorError(
      `${reference} was not signed: ${error.message}`,
      'It lies in the registry unsigned, and no release takes it. Sign it, or run it again.',
      { cause: error },
    );
  }
}

/** What is in an image, as SPDX. */
function listContents(reference: string, env: NodeJS.ProcessEnv): Promise<string> {
  const plain = env.GOSPELIB_REGISTRY_INSECURE === '1' ? 'true' : 'false';
  return runTool('syft', ['scan', `registry:${reference}`, '--output=spdx-json', '--quiet'], {
    ...env,
    SYFT_REGISTRY_INSECURE_USE_HTTP: plain,
    SYFT_CHECK_FOR_APP_UPDATE: 'false',
  });
}

/** With a key nothing is published; without one Sigstore’s log has the identity of the workflow. */
function keyArguments(env: NodeJS.ProcessEnv): readonly string[] {
  const { GOSPELIB_SIGNING_PRIVATE_KEY: key, GOSPELIB_SIGNING_CERTIFICATE: certificate } = env;
  if (!key) return [];
  const own = ['--use-signing-config=false', '--tlog-upload=false'];
  return [`--key=${key}`, ...own, ...(certificate ? [`--certificate=${certificate}`] : [])];
}
