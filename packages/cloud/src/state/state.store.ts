import type { S3Client } from '@aws-sdk/client-s3';
import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';
import type { InfraEnvironment } from '../infra/infra.environment.ts';

const stateSchema = z.object({
  serial: z.number(),
  lineage: z.string(),
  resources: z.array(z.unknown()),
});
const lockSchema = z.object({
  ID: z.string(),
  Who: z.string(),
  Operation: z.string(),
  Created: z.string(),
});

export interface StateVersion {
  id: string;
  at: Date;
  /** Of the newest one: what Terraform reads. */
  current: boolean;
  /** A mark that it was deleted, instead of a state. */
  deleted: boolean;
  /** Undefined: it is not a state. */
  content?: { serial: number; lineage: string; resources: number };
}

/** Who changes an environment, or was killed while doing so. */
export interface StateLock {
  id: string;
  who: string;
  operation: string;
  since: Date;
}

/** The stored state of one environment with its older versions, by S3's own API: Terraform has no way to them. */
export class StateStore {
  readonly #infra: InfraEnvironment;
  readonly #env: NodeJS.ProcessEnv;

  constructor(infra: InfraEnvironment, env: NodeJS.ProcessEnv) {
    this.#infra = infra;
    this.#env = env;
  }

  /** Newest first. @throws OperatorError */
  async versions(): Promise<readonly StateVersion[]> {
    const { bucket: Bucket, key: Key } = this.#infra.state;
    return this.#use(async (client, s3) => {
      const { Versions = [], DeleteMarkers = [] } = await client.send(
        new s3.ListObjectVersionsCommand({ Bucket, Prefix: Key }),
      );
      const read = async (id: string) => {
        const { Body } = await client.send(new s3.GetObjectCommand({ Bucket, Key, VersionId: id }));
        return parseState((await Body?.transformToString()) ?? '');
      };
      const states = await Promise.all(
        Versions.filter((each) => each.Key === Key).map(async (each) => {
          const id = each.VersionId ?? '';
          const content = await read(id);
          return { ...common(each), deleted: false, ...(content && { content }) };
        }),
      );
      const deleted = DeleteMarkers.filter((each) => each.Key === Key).map((each) => ({
        ...common(each),
        deleted: true,
      }));
      return [...states, ...deleted].toSorted(
        (a, b) => Number(b.current) - Number(a.current) || b.at.getTime() - a.at.getTime(),
      );
    });
  }

  /** Puts an older version in the place of what is there, which stays as a version itself. @throws OperatorError */
  async restore(id: string): Promise<void> {
    const { bucket: Bucket, key: Key } = this.#infra.state;
    await this.#use((client, s3) =>
      client.send(
        new s3.CopyObjectCommand({
          Bucket,
          Key,
          CopySource: `${Bucket}/${Key}?versionId=${encodeURIComponent(id)}`,
        }),
      ),
    );
  }

  /** Undefined: nobody holds it. @throws OperatorError */
  async lock(): Promise<StateLock | undefined> {
    const { bucket: Bucket, key } = this.#infra.state;
    return this.#use(async (client, s3) => {
      try {
        const { Body } = await client.send(
          new s3.GetObjectCommand({ Bucket, Key: `${key}.tflock` }),
        );
        const { ID, Who, Operation, Created } = lockSchema.parse(
          JSON.parse((await Body?.transformToString()) ?? ''),
        );
        return { id: ID, who: Who, operation: Operation, since: new Date(Created) };
      } catch (error) {
        if ((error as Error).name === 'NoSuchKey') return undefined;
        throw error;
      }
    });
  }

  /** @throws OperatorError (refused) while somebody holds it */
  async requireFree(): Promise<void> {
    const { name } = this.#infra;
    const lock = await this.lock();
    if (lock === undefined) return;
    throw new OperatorError(
      `The state of ${name} is held by ${lock.who} since ${lock.since.toISOString()} (${lock.operation}).`,
      `Wait for it. If that process is dead: ./gl infra state unlock ${name}`,
      { meaning: 'Nothing was changed.', exitCode: exitCodes.refused },
    );
  }

  async #use<T>(
    work: (client: S3Client, s3: typeof import('@aws-sdk/client-s3')) => Promise<T>,
  ): Promise<T> {
    const s3 = await import('@aws-sdk/client-s3');
    const endpoint = this.#env.AWS_ENDPOINT_URL;
    const client = new s3.S3Client({
      region: this.#infra.region,
      maxAttempts: 2,
      ...(endpoint && { endpoint, forcePathStyle: true }),
    });
    try {
      return await work(client, s3);
    } catch (cause) {
      const { bucket, key } = this.#infra.state;
      throw new OperatorError(
        `The state of ${this.#infra.name} cannot be reached in s3://${bucket}/${key}: ${(cause as Error).message}`,
        'Sign in with rights on that bucket; `./gl infra apply bootstrap` makes it.',
        { cause, meaning: 'Nothing was changed.' },
      );
    } finally {
      client.destroy();
    }
  }
}

function common({
  VersionId,
  LastModified,
  IsLatest,
}: {
  VersionId?: string | undefined;
  LastModified?: Date | undefined;
  IsLatest?: boolean | undefined;
}): {
  id: string;
  at: Date;
  current: boolean;
} {
  return { id: VersionId ?? '', at: LastModified ?? new Date(0), current: IsLatest === true };
}

/** Undefined for what is not a state. */
export function parseState(text: string): StateVersion['content'] | undefined {
  try {
    const { serial, lineage, resources } = stateSchema.parse(JSON.parse(text));
    return { serial, lineage, resources: resources.length };
  } catch {
    return undefined;
  }
}
