import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rebuildState } from '@gospelib/cloud';
import { ownedByThisProcess, runGl } from '@gospelib/processes';
import { type RebuildParts, rebuild } from '@gospelib/recovery';
import { folders, type LocalConfig, originOf, portIn, readLocalConfig } from '@gospelib/supervisor';
import { freePorts } from '../../free-ports.ts';
import { openAccount } from '../load/account.ts';
import { drillSettings } from '../stack/stack.ts';
import type { EmulatedStaging, InfraDrill, InfraParts } from './infra.drill.ts';

const BUCKET = 'gospelib-staging-backups';
const TARGET_SECONDS = 20 * 60;
const NOTE = 'kept through the loss of everything';
/** As `age-keygen` prints one; of this drill alone. */
const AGE_IDENTITY = 'AGE-SECRET-KEY-1TKZDF2TGA6ZQWMVAXNDWAQANMTHN34WGA5M260YPQFG3PGDDF6FSAEGXM3';

/**
 * Everything but the bucket of backups, its key and what is in escrow is destroyed: the infrastructure at the emulator, and
 * with it a platform of this machine, which stands for what runs in the cluster and has its backups in that bucket.
 */
export function environmentLost(
  cloud: InfraParts,
  { root, env: own }: LocalConfig,
  say: (line: string) => void,
): InfraDrill {
  return {
    name: 'environment-lost',
    breaks:
      'All of staging is destroyed, with its state and with the platform and its data: the bucket of backups, its key and escrow are left, and the key that signs backups was rotated since',
    targetSeconds: TARGET_SECONDS,
    async run(staging) {
      const escrow = {
        before: randomBytes(32).toString('hex'),
        now: randomBytes(32).toString('hex'),
      };
      const platform = await openPlatform({ root, env: own }, staging);
      try {
        await platform.gl(['up', '--detach'], escrow.before);
        const account = await openAccount(platform.config);
        const key = { 'idempotency-key': randomUUID() };
        const made = await account.ask('POST', 'study/notes', { body: NOTE }, key);
        if (made.status !== 201) throw new Error(`A note could not be made: ${made.status}`);
        await platform.gl(['keys', 'rotate'], escrow.before);
        await platform.gl(['db', 'backup'], escrow.before);
        await platform.gl(['graph', 'backup'], escrow.before);
        const authSecret = readFileSync(platform.secretFile, 'utf8');
        const keys = `${escrow.now},${escrow.before}`;

        await platform.lose();
        await cloud.loseAllButBackups(staging);

        const start = performance.now();
        const done = await rebuild(partsOf(cloud, staging, platform, { authSecret, keys }), say);
        const failed = done.flatMap(({ name, ok, says }) => (ok ? [] : [`${name}: ${says}`]));
        const notes = failed.length > 0 ? '' : await readNotes(account);
        const mendedSeconds = (performance.now() - start) / 1000;
        const faults = [
          ...failed,
          ...(failed.length > 0 || notes.includes(NOTE) ? [] : ['The note is not there.']),
        ];
        return { foundSeconds: done[0]?.seconds ?? 0, mendedSeconds, faults };
      } finally {
        await platform.lose();
      }
    },
  };
}

/** With the session of before: what it was signed with comes out of escrow. */
async function readNotes(account: Awaited<ReturnType<typeof openAccount>>): Promise<string> {
  const answer = await account.ask('GET', 'study/notes');
  return answer.text();
}

interface Platform {
  config: LocalConfig;
  /** What accounts signs and encrypts with. */
  secretFile: string;
  /** @param keys that sign backups, the newest first @throws Error with its words unless it ends with 0 */
  gl(args: readonly string[], keys: string): Promise<string>;
  /** Ends it, and removes all that it has on this machine. */
  lose(): Promise<void>;
}

async function openPlatform(
  {
    root,
    env: { FALKORDB_URL, REDIS_URL, DATABASE_URL, ...inherited },
  }: Pick<LocalConfig, 'root' | 'env'>,
  staging: EmulatedStaging,
): Promise<Platform> {
  const data = mkdtempSync(join(tmpdir(), 'gospelib-lost-'));
  const env = {
    ...inherited,
    ...drillSettings,
    ...ownedByThisProcess(),
    NO_COLOR: '1',
    GOSPELIB_BACKUPS: `s3://${BUCKET}`,
    GOSPELIB_BACKUP_HOURS: '0',
    BACKUP_S3_ENDPOINT: staging.env.AWS_ENDPOINT_URL,
    BACKUP_S3_REGION: staging.infra.region,
    BACKUP_S3_PATH_STYLE: 'true',
    BACKUP_AGE_IDENTITIES: AGE_IDENTITY,
  };
  const config = readLocalConfig(root, { data, portBase: String(await freePorts()) }, env);
  const place = ['--data', data, '--port-base', String(portIn(config.ports, 'gateway'))];
  const call = (args: readonly string[], keys: string) =>
    runGl(root, [...args, ...place], { env: { ...env, BACKUP_SIGNING_KEYS: keys } });
  return {
    config,
    secretFile: join(folders.secrets(config), 'accounts-auth'),
    async gl(args, keys) {
      const { code, stdout, stderr } = await call(args, keys);
      if (code === 0) return stdout.trim().split('\n').at(-1) ?? '';
      throw new Error(`gl ${args.join(' ')} ended with ${code}:\n${stderr}${stdout}`);
    },
    async lose() {
      await call(['down'], '');
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The provider is the emulator; cluster and platform are this machine’s, since an emulator runs nothing. */
function partsOf(
  cloud: InfraParts,
  staging: EmulatedStaging,
  platform: Platform,
  { authSecret, keys }: { authSecret: string; keys: string },
): RebuildParts {
  return {
    state: () => rebuildState(staging.infra, staging),
    infrastructure: () => cloud.rebuildEmulated(staging),
    cluster: async () => 'This machine stands for the cluster.',
    async platform() {
      mkdirSync(folders.secrets(platform.config), { recursive: true, mode: 0o700 });
      writeFileSync(platform.secretFile, authSecret, { mode: 0o600 });
      return platform.gl(['up', '--detach'], keys);
    },
    gl: (args) => platform.gl(args, keys),
    async served() {
      const url = `${originOf(platform.config)}/api/v1/corpus`;
      const { status } = await fetch(url);
      if (status === 200) return `${url} is answered.`;
      throw new Error(`${url} answers ${status}.`);
    },
  };
}
