import { setTimeout as sleep } from 'node:timers/promises';
import { readStatus, type ShownPart } from '../../commands/status.command.ts';
import type { Config } from '../../config.ts';
import { readReleases } from '../../supervisor/release.log.ts';
import { serviceNames } from '../../supervisor/services.ts';
import type { ServiceLook } from '../look.ts';
import { countAnswers, failingShare } from './answer.counts.ts';
import type { Finding } from './finding.ts';

/** How long answers are counted. */
const WINDOW_MS = 1_000;
/** Fewer answers than this in that time say nothing. */
const ENOUGH = 3;
/** From this share of errors (5xx) on a service is said to fail; a single one is bad luck. */
const FAILING = 0.05;

/** Who runs, who is ready, and who answers with errors at this moment. */
export async function lookAtServices(
  config: Config,
): Promise<{ look: ServiceLook; findings: Finding[] }> {
  const status = await readStatus(config);
  const releases = readReleases(config);
  if (!status.running) {
    const look = { supervised: false, failing: [], releases };
    return { look, findings: [nothingRuns(config)] };
  }
  const services = status.parts.filter(({ name }) => serviceNames.some((one) => one === name));
  const shares = await Promise.all(services.map(measure));
  const failing = shares.flatMap(({ name, share }) => (share > FAILING ? [name] : []));
  // A job that ended is nothing that is away.
  const away = status.parts.filter(({ name, state }) => name !== 'ingest' && !fine.has(state));
  return {
    look: { supervised: true, failing, releases },
    findings: [
      ...away.map(
        ({ name, state, restarts }): Finding => ({
          kind: 'part-away',
          level: 'fault',
          subject: name,
          text: `${name} is ${state}; it was started again ${restarts} times. \`./gl logs ${name}\` tells why.`,
        }),
      ),
      ...shares
        .filter(({ share }) => share > FAILING)
        .map(
          ({ name, share }): Finding => ({
            kind: 'service-fails',
            level: 'fault',
            subject: name,
            text: `${name} answers ${Math.round(share * 100)} % of what it is asked with an error of its own.`,
          }),
        ),
    ],
  };
}

const fine: ReadonlySet<ShownPart['state']> = new Set(['ready', 'external', 'starting']);

function nothingRuns({ dataDir }: Config): Finding {
  return {
    kind: 'nothing-runs',
    level: 'fault',
    subject: 'platform',
    text: `Nothing runs on ${dataDir}.`,
  };
}

async function measure({ name, port }: ShownPart): Promise<{ name: string; share: number }> {
  if (port === undefined) return { name, share: 0 };
  const before = await countAnswers(port);
  await sleep(WINDOW_MS);
  const after = await countAnswers(port);
  const share = before && after ? failingShare(before, after, ENOUGH) : 0;
  return { name, share };
}
