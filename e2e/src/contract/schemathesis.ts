import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SecurityScheme } from '@gospelib/contracts';
import { repository } from '../platform.ts';

const run = promisify(execFile);

/** The reason why schemathesis cannot run on this machine; the message is for whoever asked for it. */
export class NoSchemathesisError extends Error {}

/**
 * Installs schemathesis into the workspace's `.gl`, pinned with the sums of its packages, once.
 * @returns the program
 * @throws NoSchemathesisError without Python 3, without its `venv`, or when the registry does not answer
 */
export async function installSchemathesis(): Promise<string> {
  const requirements = join(import.meta.dirname, 'requirements.txt');
  const venv = join(repository, '.gl/schemathesis');
  const program = join(venv, 'bin/schemathesis');
  try {
    if (!existsSync(program)) await run('python3', ['-m', 'venv', venv]);
    const quiet = ['--quiet', '--disable-pip-version-check', '--timeout', '20', '--retries', '1'];
    const pinned = ['--require-hashes', '--only-binary', ':all:', '-r', requirements];
    await run(join(venv, 'bin/python'), ['-m', 'pip', 'install', ...quiet, ...pinned]);
    return program;
  } catch (error) {
    throw new NoSchemathesisError((error as Error).message);
  }
}

/**
 * `positive_data_acceptance` asks that whatever a schema allows is accepted. No schema can tell which books the canon has,
 * to which list a cursor belongs, or which link was mailed: those are refused with 400 and a problem that says so.
 */
const excludedChecks = 'positive_data_acceptance';

export interface ContractRun {
  /** The description, through the gateway. */
  url: string;
  headers: Readonly<Record<string, string>>;
  /** What proves who calls: the token, or the value of the session's cookie. Without it the caller is not signed in. */
  proof?: Readonly<Partial<Record<SecurityScheme, string>>>;
  /** Operations to leave out, as options of schemathesis. */
  except?: readonly string[];
  /** A further check to leave out. */
  exceptCheck?: string;
  /** Chooses other examples; without it they are the same each time. */
  seed?: number | undefined;
}

/** What one run did; `text` is its report. */
export interface ContractReport {
  cases: number;
  findings: number;
  text: string;
}

/** Runs all checks but the excluded one against an API, over a bounded number of examples. */
export async function checkContract(
  program: string,
  options: ContractRun,
): Promise<ContractReport> {
  const folder = await mkdtemp(join(tmpdir(), 'gospelib-contract-'));
  const config = join(folder, 'schemathesis.toml');
  await writeFile(config, configFor(options.proof ?? {}));
  const args = [
    ...[
      '--config-file',
      config,
      'run',
      options.url,
      '--checks',
      'all',
      '--exclude-checks',
      [excludedChecks, options.exceptCheck].filter(Boolean).join(','),
    ],
    ...['--phases', 'coverage,fuzzing', '--max-examples', '8'],
    ...(options.seed === undefined
      ? ['--generation-deterministic']
      : ['--seed', String(options.seed)]),
    ...['--continue-on-failure', '--request-timeout', '20', '--warnings', 'off', '--no-color'],
    ...Object.entries(options.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    ...(options.except ?? []),
  ];
  try {
    const { stdout } = await run(program, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }).catch(
      (error: { code?: unknown; stdout?: string }) => {
        // 1: it found something.
        if (error.code === 1 && error.stdout !== undefined) return { stdout: error.stdout };
        throw error;
      },
    );
    return readReport(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Statuses that refuse what is not valid, with those for too long an address, large headers and a limit reached. */
const refusals = [400, 401, 403, 404, 405, 406, 409, 412, 413, 414, 415, 422, 428, 429, 431];

function configFor(proof: NonNullable<ContractRun['proof']>): string {
  const statuses = [...refusals.map(String), '5xx'].map((status) => JSON.stringify(status));
  const lines = [
    '[checks.negative_data_rejection]',
    `expected-statuses = [${statuses.join(', ')}]`,
  ];
  if (proof.token) lines.push('[auth.openapi.token]', `bearer = ${JSON.stringify(proof.token)}`);
  if (proof.session)
    lines.push('[auth.openapi.session]', `api_key = ${JSON.stringify(proof.session)}`);
  return lines.join('\n');
}

/** @throws Error for a report that tells of no cases, which would pass for nothing */
export function readReport(text: string): ContractReport {
  const [, cases] = /^ +(\d+) generated/m.exec(text) ?? [];
  if (cases === undefined || Number(cases) === 0) {
    throw new Error(`schemathesis tested nothing:\n${text.slice(-2000)}`);
  }
  const [, failures = '0'] = /^=+ .*?\b(\d+) failures?\b/m.exec(text) ?? [];
  const [, errors = '0'] = /^=+ .*?\b(\d+) errors?\b/m.exec(text) ?? [];
  return { cases: Number(cases), findings: Number(failures) + Number(errors), text };
}
