import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';
import type { Kube } from '../argocd/kube.port.ts';
import { git } from '../git/git.run.ts';

const WAIT_S = 60;
const DEADLINE_S = 300;

/** Migrations of a schema that an earlier release does not have. */
export interface MigrationReturn {
  schema: string;
  /** The newest that the earlier release has; `0`: none. */
  to: string;
  /** What is taken back, the newest first. */
  migrations: readonly { name: string; reversible: boolean; loses: string | undefined }[];
}

/** What lies between two commits, by schema; empty where nothing does. */
export async function migrationsBetween(
  root: string,
  earlier: string,
  later: string,
): Promise<readonly MigrationReturn[]> {
  const [before, after] = await Promise.all([listAt(root, earlier), listAt(root, later)]);
  const schemas = [...new Set(after.map(({ schema }) => schema))].toSorted();
  const returns = await Promise.all(
    schemas.map(async (schema): Promise<MigrationReturn> => {
      const own = (all: typeof after) =>
        all.filter((one) => one.schema === schema).map(({ name }) => name);
      const added = own(after).filter((name) => !own(before).includes(name));
      const migrations = await Promise.all(
        added.toReversed().map(async (name) => {
          const path = `services/${schema}/migrations/${name}.up.sql`;
          const text = await git(root, ['cat-file', 'blob', `${later}:${path}`]);
          return { name, ...readHead(text) };
        }),
      );
      return { schema, to: own(before).at(-1) ?? '0', migrations };
    }),
  );
  return returns.filter(({ migrations }) => migrations.length > 0);
}

/** What the head of a migration says about its way back. */
function readHead(text: string): { reversible: boolean; loses: string | undefined } {
  const loses = /^-- @down-loses (.+)$/m.exec(text)?.[1];
  return {
    reversible: /^-- @reversible yes$/m.test(text),
    loses: loses === 'nothing' ? undefined : loses,
  };
}

async function listAt(root: string, commit: string): Promise<{ schema: string; name: string }[]> {
  const files = await git(root, ['ls-tree', '-r', '--name-only', commit, '--', 'services']);
  return files.split('\n').flatMap((path) => {
    const found = /^services\/([^/]+)\/migrations\/(.+)\.up\.sql$/.exec(path);
    return found?.[1] && found[2] ? [{ schema: found[1], name: found[2] }] : [];
  });
}

const job = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({ containers: z.tuple([z.looseObject({ image: z.string() })]) }),
    }),
  }),
});

/**
 * Takes migrations back by a job of the release that brought them: that of its migration, with other arguments, so that
 * address, secrets and rights are the same.
 * @throws OperatorError with the last words of the job
 */
export async function takeBack(
  platform: Kube,
  { schema, to }: MigrationReturn,
  acceptDataLoss: boolean,
): Promise<void> {
  const from = `gospelib-migrations-${schema}`;
  const text = await platform.find(['get', 'job', from, '-o', 'json']);
  if (text === undefined) {
    throw new OperatorError(
      `The job ${from} is not in the namespace: its settings are needed to take its migrations back.`,
      'Nothing was taken back. `./gl db rollback` does it where PostgreSQL is reached from here.',
    );
  }
  const name = `gospelib-rollback-${schema}-${Date.now().toString(36)}`;
  await platform.run(['create', '-f', '-'], {
    input: JSON.stringify(returnJob(job.parse(JSON.parse(text)), name, to, acceptDataLoss)),
  });
  try {
    await platform.run(
      ['wait', '--for=condition=Complete', `job/${name}`, `--timeout=${DEADLINE_S}s`],
      {
        timeoutSeconds: DEADLINE_S + 5,
      },
    );
  } catch (cause) {
    const words = await platform.find(['logs', `job/${name}`, '--tail=20']).catch(() => undefined);
    throw new OperatorError(
      `The migrations of ${schema} were not taken back: ${words?.trim() || (cause as Error).message}`,
      `\`kubectl logs job/${name}\` tells more. The code was not changed; PostgreSQL undid what was half done.`,
      { cause },
    );
  }
}

/** A job of its own, with all that the job of the migration has but what belongs to that one's run. */
function returnJob(
  { spec }: z.output<typeof job>,
  name: string,
  to: string,
  acceptDataLoss: boolean,
): object {
  const { spec: pod } = spec.template;
  const [container] = pod.containers;
  const loss = acceptDataLoss ? ['--accept-data-loss'] : [];
  const args = ['migrate.js', 'rollback', '--to', to, '--wait', String(WAIT_S), ...loss];
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: DEADLINE_S,
      ttlSecondsAfterFinished: 86_400,
      template: {
        metadata: { labels: labelsOf(spec.template) },
        spec: { ...pod, containers: [{ ...container, args }] },
      },
    },
  };
}

/** Network policies know a pod by its labels; those of the run of another job are left out. */
function labelsOf(template: object): Record<string, string> {
  const { metadata } = z
    .object({ metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }) })
    .parse(template);
  return Object.fromEntries(
    Object.entries(metadata.labels).filter(([key]) => !/job-name|controller-uid/.test(key)),
  );
}
