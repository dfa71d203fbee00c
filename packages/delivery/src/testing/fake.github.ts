import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** GitHub, as far as verbs ask it: what CI said, and who agreed to a run. Open but where a test closes something. */
export class FakeGithub {
  /** Commits for which CI succeeded; undefined: all. */
  green: ReadonlySet<string> | undefined;
  /** The commit of the last run that succeeded on a branch. */
  succeeded: string | undefined;
  /** The commit of the run that promotes. */
  runOf = '';
  approvals: readonly { login: string; state: string }[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://github.invalid');
      const answer = this.#answer(url);
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? { message: 'Not Found' }));
    });
  }

  /** What verbs are told of it. */
  async start(): Promise<NodeJS.ProcessEnv> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    const { port } = this.#server.address() as AddressInfo;
    return {
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_TOKEN: 't',
      GITHUB_RUN_ID: '7',
      GITHUB_ACTOR: 'ann',
    };
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer({ pathname, searchParams }: URL): unknown {
    const path = pathname.replace('/repos/o/r', '');
    if (/^\/actions\/workflows\/[a-z-]+\.yml\/runs$/.test(path)) {
      const sha = searchParams.get('head_sha');
      if (sha === null) {
        return { workflow_runs: this.succeeded ? [{ head_sha: this.succeeded }] : [] };
      }
      const isGreen = this.green?.has(sha) ?? true;
      return { workflow_runs: isGreen ? [{ head_sha: sha }] : [] };
    }
    if (path === '/actions/runs/7') {
      return { head_sha: this.runOf, triggering_actor: { login: 'ann' } };
    }
    if (path === '/actions/runs/7/approvals') {
      return this.approvals.map(({ login, state }) => ({
        state,
        comment: 'go',
        user: { login },
        environments: [{ name: 'production' }],
      }));
    }
    if (path === '/environments/production') {
      return { protection_rules: [{ type: 'required_reviewers', prevent_self_review: true }] };
    }
    return undefined;
  }
}
