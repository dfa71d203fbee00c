import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';

const TIMEOUT_MS = 20_000;
const USUAL_API = 'https://api.github.com';

/** Who asks GitHub for what. */
export interface GithubAccess {
  api: string;
  /** `owner/name`. */
  repository: string;
  token: string;
}

/** As a workflow is told. @throws OperatorError that names what is missing */
export function githubAccess(env: NodeJS.ProcessEnv): GithubAccess {
  const { GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token, GITHUB_API_URL } = env;
  const missing = Object.entries({ GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token })
    .filter(([, value]) => !value)
    .map(([name]) => name);
  if (!repository || !token) {
    throw new OperatorError(
      `GitHub cannot be asked: ${missing.join(' and ')} not set.`,
      'GITHUB_REPOSITORY is owner/name; GITHUB_TOKEN reads its actions (`gh auth token` prints yours).',
    );
  }
  return { api: GITHUB_API_URL || USUAL_API, repository, token };
}

/** Asks one address below the repository. @throws OperatorError with GitHub's words */
export async function askGithub<T>(
  { api, repository, token }: GithubAccess,
  path: string,
  schema: z.ZodType<T>,
): Promise<T> {
  const url = `${api}/repos/${repository}${path}`;
  let response: Response;
  try {
    response = await fetch(url, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'x-github-api-version': '2022-11-28',
      },
    });
  } catch (cause) {
    throw new OperatorError(
      `GitHub does not answer: ${((cause as Error).cause as Error)?.message ?? (cause as Error).message}`,
      'What it knows is a gate: without it nothing is released. Try again when it answers.',
      { cause },
    );
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const said = z.object({ message: z.string() }).safeParse(body).data?.message;
    throw new OperatorError(
      `GitHub answered ${response.status} for ${path}: ${said ?? 'without a word'}`,
      'The token needs to read actions of the repository.',
    );
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new OperatorError(
    `GitHub answered otherwise than was expected for ${path}:\n${z.prettifyError(parsed.error)}`,
  );
}

const runs = z.object({ workflow_runs: z.array(z.object({ head_sha: z.string() })) });

/** The commit of the last run of a workflow that succeeded on a branch. */
export async function lastSuccess(
  access: GithubAccess,
  workflow: string,
  branch: string,
): Promise<string | undefined> {
  const query = new URLSearchParams({ branch, status: 'success', event: 'push', per_page: '1' });
  const answer = await askGithub(access, `/actions/workflows/${workflow}/runs?${query}`, runs);
  return answer.workflow_runs[0]?.head_sha;
}

/** Whether a workflow has succeeded for exactly this commit. */
export async function hasSucceeded(
  access: GithubAccess,
  workflow: string,
  commit: string,
): Promise<boolean> {
  const query = new URLSearchParams({ head_sha: commit, status: 'success', per_page: '1' });
  const answer = await askGithub(access, `/actions/workflows/${workflow}/runs?${query}`, runs);
  return answer.workflow_runs.some(({ head_sha }) => head_sha === commit);
}
