import { setTimeout as sleep } from 'node:timers/promises';
import { applyObjects, getObject, kubectl } from './kubectl.ts';

interface Job {
  spec: {
    backoffLimit?: number;
    template: {
      metadata: { labels: Record<string, string> };
      spec: { containers: { image: string; args?: readonly string[] }[] };
    };
  };
}

export interface JobAgain {
  namespace: string;
  /** A name of its own: the job of before stays. */
  as?: string;
  /** Another image than that of its manifest. */
  image?: string;
  /** Other arguments than those of its manifest. */
  args?: readonly string[];
}

/** Runs a job of the manifests once more, to its end. @throws Error with its last words */
export async function runJobAgain(
  name: string,
  { namespace, as, image, args }: JobAgain,
): Promise<void> {
  const { spec } = await getObject<Job>(['job', name], namespace);
  const { template, backoffLimit = 0 } = spec;
  const own = Object.entries(template.metadata.labels).filter(
    ([key]) => !/controller-uid|job-name/.test(key),
  );
  template.metadata.labels = Object.fromEntries(own);
  const [container] = template.spec.containers;
  if (container && image !== undefined) container.image = image;
  if (container && args !== undefined) container.args = args;
  if (as === undefined) await kubectl(['delete', 'job', name], { namespace });
  await applyObjects({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: as ?? name, namespace, labels: template.metadata.labels },
    spec: { backoffLimit, activeDeadlineSeconds: 300, template },
  });
  await jobDone(as ?? name, namespace);
}

/** Resolves when a job has done its work. @throws Error with its last words */
export async function jobDone(name: string, namespace: string): Promise<void> {
  const isTrue = (type: string) => `{.status.conditions[?(@.type=="${type}")].status}`;
  for (;;) {
    const path = `jsonpath=${isTrue('Complete')}/${isTrue('Failed')}`;
    const [done, failed] = (await kubectl(['get', 'job', name, '-o', path], { namespace })).split(
      '/',
    );
    if (done === 'True') return;
    if (failed === 'True') {
      const said = await kubectl(['logs', `job/${name}`, '--tail=20'], { namespace });
      throw new Error(`The job ${name} failed: ${said}`);
    }
    await sleep(300);
  }
}

/** The job of the manifests that makes the corpus: its name ends with the version. */
export async function ingestJob(namespace: string): Promise<string> {
  const jobs = await kubectl(['get', 'jobs', '-o', 'name'], { namespace });
  const name = /^job.batch\/(gospelib-ingest-\S+-default)$/m.exec(jobs)?.[1];
  if (name === undefined) throw new Error(`${namespace} has no job that makes the corpus.`);
  return name;
}
