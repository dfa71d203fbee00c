import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import type { ClusterTarget } from '../cluster.target.ts';

/** What kubectl says, by a part of it, with what it means and what to do. The first that fits is taken. */
const known: readonly {
  says: RegExp;
  meaning(target: ClusterTarget): string;
  remedy(target: ClusterTarget): string;
  /** Whether nothing is known then. */
  isUnknown?: true;
}[] = [
  {
    says: /context "[^"]*" does not exist|context was not found/,
    meaning: ({ context }) => `The kubeconfig has no context ${context}.`,
    remedy: ({ file, contextVariable }) =>
      `\`kubectl config get-contexts\` shows which there are; ${contextVariable}, or ${file}, names the one to use.`,
  },
  {
    says: /Forbidden|forbidden/,
    meaning: ({ context }) => `The user of context ${context} may not do this in the cluster.`,
    remedy: ({ namespace }) =>
      `Ask for a role in the namespace ${namespace}; \`kubectl auth can-i --list\` shows what is allowed.`,
  },
  {
    says: /Unauthorized|must be logged in|getting credentials|the server has asked for the client to provide credentials/,
    meaning: ({ context }) => `The credentials of context ${context} are not accepted.`,
    remedy: () => 'Sign in to the cluster again, then repeat the command.',
  },
  {
    isUnknown: true,
    says: /Unable to connect|connection refused|The connection to the server|i\/o timeout|no such host|TLS handshake timeout|context deadline exceeded|EOF$|no route to host/,
    meaning: () =>
      'The API server does not answer from here. Whether the platform serves readers is not known.',
    remedy: ({ context }) =>
      `Look at the network, at the cluster, and at the address of context ${context} in the kubeconfig.`,
  },
  {
    says: /x509|certificate/,
    meaning: () => 'The API server shows a certificate that the kubeconfig does not trust.',
    remedy: ({ context }) => `Renew the kubeconfig of context ${context}.`,
  },
];

/** kubectl's own message, with what it means and what to do where that is known. */
export function explainKubectl(
  target: ClusterTarget,
  stderr: string,
  cause?: unknown,
): OperatorError {
  const message = lastMessage(stderr);
  const found = known.find(({ says }) => says.test(stderr));
  return new OperatorError(`kubectl: ${message}`, found?.remedy(target), {
    cause,
    ...(found && { meaning: found.meaning(target) }),
    ...(found?.isUnknown && { exitCode: exitCodes.unknown }),
  });
}

/** A resource that is not there, by kubectl's words. */
export function isNotFound(stderr: string): boolean {
  return /\(NotFound\)|NotFound/.test(stderr);
}

/** Its last line that is no log line of the client library and no warning. */
function lastMessage(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[EIW]\d{4} /.test(line) && !line.startsWith('Warning:'));
  return lines.at(-1)?.replace(/^error: /i, '') ?? 'it failed without a word.';
}
