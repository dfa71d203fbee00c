import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError, UsageError } from '@gospelib/cli-kit';
import { z } from 'zod';
import type { ClusterTarget } from './cluster.target.ts';

/** Names another file, where somebody has clusters of their own. */
const FILE_VARIABLE = 'GOSPELIB_ENVIRONMENTS';

const dnsLabel = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);

const environmentEntry = z.strictObject({
  context: z.string().min(1).optional(),
  namespace: dnsLabel,
  origin: z.url({ protocol: /^https?$/ }),
  /** Whether a change has to be agreed to. */
  asks: z.boolean(),
  backups: z.string().min(1).optional(),
  /** Where pods have no identity of their own (k3s), they are given a key of the provider. */
  providerKey: z.boolean().default(false),
  secret: dnsLabel.default('gospelib-backups'),
});

const environmentsFile = z.strictObject({
  environments: z.record(dnsLabel, environmentEntry),
});

/** The clusters that `--env` can name. @throws OperatorError for a file that cannot be read, all its faults together */
function readEnvironments(
  root: string,
  env: NodeJS.ProcessEnv,
): Readonly<Record<string, z.output<typeof environmentEntry>>> {
  const file = fileOf(root, env);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new OperatorError(
      `The environments cannot be read: ${(cause as Error).message}`,
      `${FILE_VARIABLE} names another file than infra/environments.json.`,
      { cause },
    );
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new OperatorError(`${file} is no JSON: ${(cause as Error).message}`, undefined, {
      cause,
    });
  }
  const parsed = environmentsFile.safeParse(content);
  if (parsed.success) return parsed.data.environments;
  throw new OperatorError(`${file} is not as it should be:\n${z.prettifyError(parsed.error)}`);
}

/**
 * Which cluster `--env` means. Its context is named in the file or by GOSPELIB_CONTEXT_<NAME>.
 * @throws UsageError for an environment that there is not, OperatorError where no context is named
 */
export function chooseTarget(root: string, env: NodeJS.ProcessEnv, name: string): ClusterTarget {
  const environments = readEnvironments(root, env);
  const entry = Object.hasOwn(environments, name) ? environments[name] : undefined;
  if (entry === undefined) {
    const names = ['local', ...Object.keys(environments)].join(', ');
    throw new UsageError(`There is no environment ${name}; --env takes ${names}.`);
  }
  const file = fileOf(root, env);
  const contextVariable = `GOSPELIB_CONTEXT_${name.toUpperCase().replaceAll('-', '_')}`;
  const context = env[contextVariable] || entry.context;
  if (context === undefined) {
    throw new OperatorError(
      `No kubectl context is named for ${name}.`,
      `Set ${contextVariable}, or "context" in ${file}; \`kubectl config get-contexts\` shows which there are.`,
      { meaning: 'The current context is never taken by chance.' },
    );
  }
  return { name, ...entry, context, contextVariable, file };
}

function fileOf(root: string, env: NodeJS.ProcessEnv): string {
  return env[FILE_VARIABLE] || join(root, 'infra/environments.json');
}
