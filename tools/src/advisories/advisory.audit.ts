import { execFile } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

/** A known weakness of a package that the lockfile names. */
export interface Advisory {
  /** Of GitHub's database: GHSA-xxxx-xxxx-xxxx. */
  id: string;
  severity: 'info' | 'low' | 'moderate' | 'high' | 'critical';
  package: string;
  /** Range of versions that have it, and of those that do not. */
  vulnerable: string;
  patched: string;
  title: string;
}

/** What the registry answered, or why it did not. */
export type Audit = { advisories: readonly Advisory[] } | { unchecked: string };

const REGISTRY_TIMEOUT_MS = 4_000;
const PNPM_TIMEOUT_MS = 30_000;

/** The part of the output of `pnpm audit --json` that is read here. */
const report = z.object({
  advisories: z.record(
    z.string(),
    z.object({
      github_advisory_id: z.string(),
      severity: z.enum(['info', 'low', 'moderate', 'high', 'critical']),
      module_name: z.string(),
      vulnerable_versions: z.string(),
      patched_versions: z.string().nullish(),
      title: z.string(),
    }),
  ),
  metadata: z.object({ totalDependencies: z.int().positive() }),
});

/**
 * Asks the registry, the configured one unless another is given, for the advisories of every package in the lockfile of
 * a folder.
 * @throws Error when pnpm cannot read the lockfile, or writes what is not understood
 */
export async function auditLockfile(root: string, registry?: string): Promise<Audit> {
  const flags = ['--config.fetch-retries=0', `--config.fetch-timeout=${REGISTRY_TIMEOUT_MS}`];
  if (registry !== undefined) flags.push(`--registry=${registry}`);
  const { stdout, stderr } = await pnpm(root, ['audit', '--json', ...flags]);
  if (stderr.includes('ERR_PNPM_AUDIT_BAD_RESPONSE')) return { unchecked: reasonIn(stderr) };
  if (stdout.trim() === '') throw new Error(`pnpm audit failed: ${stderr}`);
  const { advisories } = report.parse(JSON.parse(stdout));
  return {
    advisories: Object.values(advisories).map((found) => ({
      id: found.github_advisory_id,
      severity: found.severity,
      package: found.module_name,
      vulnerable: found.vulnerable_versions,
      patched: found.patched_versions ?? 'none',
      title: found.title,
    })),
  };
}

function pnpm(cwd: string, args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const options = { cwd, timeout: PNPM_TIMEOUT_MS, maxBuffer: 64 * 2 ** 20 };
    execFile('pnpm', args, options, (error, stdout, stderr) => {
      // It exits with 1 for advisories as for faults; the output tells them apart.
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ stdout, stderr });
    });
  });
}

/** pnpm breaks lines for the terminal and draws lines between causes. */
function reasonIn(stderr: string): string {
  const words = stripVTControlCharacters(stderr).replace(/^Error: \S+/, '');
  const line = words.replaceAll(/[×│├─▶╰\s]+/g, ' ').trim();
  return line.replaceAll('/ ', '/').slice(0, 300);
}
