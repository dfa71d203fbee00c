import { OperatorError, waitUntil } from '@gospelib/cli-kit';
import type { JobReporter } from '@gospelib/environment';
import { z } from 'zod';
import { job as jobObject } from '../kube/kube.objects.ts';
import type { Kubectl } from '../kube/kubectl.ts';

const TIMEOUT_MS = 30 * 60_000;
const POLL_MS = 1_000;
const LAST_LINES = 10;

const podTemplate = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()).nullish() }).nullish(),
  spec: z.looseObject({
    containers: z.array(z.looseObject({ args: z.array(z.string()).optional() })).min(1),
  }),
});
type PodTemplate = z.output<typeof podTemplate>;

const jobs = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), creationTimestamp: z.string() }),
      spec: z.object({
        backoffLimit: z.number().optional(),
        template: podTemplate.optional(),
        jobTemplate: z.object({ spec: z.object({ template: podTemplate }) }).optional(),
      }),
    }),
  ),
});

/**
 * Runs a job of the platform in the cluster as its manifest has it, with flags of its own, and waits for its end. A
 * Ctrl-C leaves it running there: `status` shows it, `logs` follows it.
 * @throws OperatorError where the namespace has none, or with its last words
 */
export async function runClusterJob(
  kubectl: Kubectl,
  name: string,
  reporter: JobReporter,
  flags: readonly string[] = [],
): Promise<void> {
  const template = await templateOf(kubectl, name);
  await runJob(kubectl, name, template, (own) => [...own, ...flags], reporter);
}

/**
 * Runs a command of gl in the cluster, as the jobs of backups do: stores that let nobody else in are reached from there.
 * @throws OperatorError where the namespace has no such job, or with its last words
 */
export async function runClusterGl(
  kubectl: Kubectl,
  args: readonly string[],
  reporter: JobReporter,
): Promise<void> {
  const template = await templateOf(kubectl, 'backup-database');
  await runJob(kubectl, 'operator', template, () => args, reporter);
}

async function runJob(
  kubectl: Kubectl,
  name: string,
  template: PodTemplate,
  argsOf: (own: readonly string[]) => readonly string[],
  reporter: JobReporter,
): Promise<void> {
  const run = `gospelib-${name}-${Date.now().toString(36)}`;
  await kubectl.run(['create', '-f', '-'], { input: JSON.stringify(jobOf(run, template, argsOf)) });
  reporter.say(`the job ${run} runs in ${kubectl.target.namespace}`);
  const lines: string[] = [];
  const ended = await waitUntil(() => endOf(kubectl, run), {
    timeoutMs: TIMEOUT_MS,
    everyMs: POLL_MS,
  });
  const log = await kubectl
    .run(['logs', `job/${run}`, '--tail=-1'])
    .catch((error: Error) => `its log cannot be read: ${error.message}`);
  lines.push(...log.trimEnd().split('\n'));
  if (ended === 'Complete') {
    for (const line of lines) reporter.say(line);
    return;
  }
  throw new OperatorError(
    `The job ${run} ${ended === undefined ? `has not ended after ${TIMEOUT_MS / 60_000} min` : 'failed'}:\n${lines.slice(-LAST_LINES).join('\n')}`,
    `\`./gl --env ${kubectl.target.name} logs ${run.replace(/^gospelib-/, '')}\` shows all it said.`,
  );
}

/** A run of its own by the manifest of the job: the cluster’s labels of that other run are not taken along. */
function jobOf(
  run: string,
  template: PodTemplate,
  argsOf: (own: readonly string[]) => readonly string[],
): object {
  const { labels } = template.metadata ?? {};
  const own = Object.entries(labels ?? {}).filter(
    ([key]) => !/(^|\/)(controller-uid|job-name)$/.test(key),
  );
  const [first, ...others] = template.spec.containers;
  const containers = [{ ...first, args: argsOf(first?.args ?? []) }, ...others];
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: run, labels: Object.fromEntries(own) },
    spec: {
      backoffLimit: 0,
      ttlSecondsAfterFinished: 24 * 3600,
      template: {
        metadata: { labels: Object.fromEntries(own) },
        spec: { ...template.spec, containers },
      },
    },
  };
}

/** Of the schedule of that name, else of its newest run. */
async function templateOf(kubectl: Kubectl, name: string): Promise<PodTemplate> {
  const { items } = await kubectl.get(['cronjobs,jobs'], jobs);
  const own = items
    .filter(({ metadata }) => `${metadata.name}-`.startsWith(`gospelib-${name}-`))
    .sort((a, b) => a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp));
  const template =
    own.findLast(({ spec }) => spec.jobTemplate !== undefined)?.spec.jobTemplate?.spec.template ??
    own.at(-1)?.spec.template;
  if (template !== undefined) return template;
  throw new OperatorError(
    `The namespace ${kubectl.target.namespace} has no job ${name} to run again.`,
    'Apply the manifests: they bring it.',
  );
}

async function endOf(kubectl: Kubectl, run: string): Promise<'Complete' | 'Failed' | undefined> {
  const { status } = await kubectl.get([`job/${run}`], jobObject);
  const has = (type: string) =>
    status.conditions.some((one) => one.type === type && one.status === 'True');
  if (has('Complete')) return 'Complete';
  return has('Failed') ? 'Failed' : undefined;
}
