import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import type { Catalogue } from '@gospelib/platform';

/** Where Sentry is and who asks, by the names that its own tools use. */
export interface SentryProject {
  /** `https://sentry.io`, or the region’s, or one’s own. */
  url: string;
  organization: string;
  project: string;
  /** Of a token that may write releases: `project:releases`. */
  token: string;
}

/** A program as Sentry is to know it. */
export interface MappedProgram {
  service: string;
  /** As the errors of that program name it: `content@0.1.0+3f2c…`. */
  release: string;
  /** By the path that stacks name in an image, where the file is here. */
  files: Readonly<Record<string, string>>;
}

/** Where a service’s program is in its image. */
const inImage = '/app';
const timeoutMs = 60_000;

/** The services as they are built below `root`. @throws OperatorError for one that is not built, or has no map */
export function mappedPrograms(
  root: string,
  { services }: Pick<Catalogue, 'services'>,
  revision: string,
): MappedProgram[] {
  return Object.entries(services).map(([service, { folder }]) => {
    const files = Object.fromEntries(
      ['main.js', 'main.js.map'].map((name) => [
        `${inImage}/${name}`,
        join(root, folder, 'dist', name),
      ]),
    );
    const missing = Object.values(files).filter((file) => !existsSync(file));
    if (missing.length > 0) {
      throw new OperatorError(
        `There is no ${missing.join(' and no ')}. Nothing was sent.`,
        'Build the services first: ./gl exec nx run-many -t build',
      );
    }
    const manifest = readFileSync(join(root, folder, 'package.json'), 'utf8');
    const { version } = JSON.parse(manifest) as { version: string };
    return { service, release: `${service}@${version}+${revision}`, files };
  });
}

/**
 * Makes the release of a program and gives it its files: https://docs.sentry.io/api/releases/. A release that is there
 * already is taken as it is; a file that is there already was built from the same commit.
 * @throws OperatorError with what Sentry answers
 */
export async function uploadProgram(
  { url, organization, project, token }: SentryProject,
  { release, files }: MappedProgram,
): Promise<void> {
  const api = `${url.replace(/\/$/, '')}/api/0`;
  const headers = { authorization: `Bearer ${token}` };
  await post(`${api}/organizations/${organization}/releases/`, {
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ version: release, projects: [project] }),
  });
  const target = `${api}/projects/${organization}/${project}/releases/${encodeURIComponent(release)}/files/`;
  for (const [name, file] of Object.entries(files)) {
    const body = new FormData();
    body.append('name', name);
    body.append('file', new Blob([readFileSync(file)]), name.slice(name.lastIndexOf('/') + 1));
    await post(target, { headers, body }, [409]);
  }
}

async function post(
  url: string,
  init: { headers: Record<string, string>; body: string | FormData },
  fine: readonly number[] = [],
): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(url, { method: 'POST', ...init, signal }).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new OperatorError(`${new URL(url).host} does not answer: ${why}.`, undefined, { cause });
  });
  const text = await response.text();
  if (response.ok || fine.includes(response.status)) return;
  throw new OperatorError(
    `${new URL(url).host} answers ${response.status} to POST ${new URL(url).pathname}: ${text.slice(0, 300)}`,
    'SENTRY_AUTH_TOKEN has to be of a token with project:releases; SENTRY_ORG and SENTRY_PROJECT are slugs.',
  );
}
