import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ObjectStorage, StoredObject } from './object.storage.ts';

export interface S3Options {
  bucket: string;
  /** Comes before every key: empty, or ends with a slash. */
  prefix: string;
  /** The address of an S3 server other than Amazon's. */
  endpoint?: string;
  region?: string;
  /** Put the bucket in the path instead of the host name, as most self-hosted servers require. */
  pathStyle?: boolean;
  /** Encryption at rest by the server; `none` only for a server that cannot. */
  encryption: 'AES256' | 'aws:kms' | 'none';
  /** The key for `aws:kms`; by default the account's own for S3. */
  kmsKeyId?: string;
}

const PART_BYTES = 8 * 1024 * 1024;

/**
 * A bucket of S3 or a compatible server. Credentials come from the SDK's own chain (environment, profile, role). The
 * SDK
 * is loaded on the first call, so that backups in a folder do not pay for it.
 */
export function s3Storage(options: S3Options): ObjectStorage {
  const { bucket: Bucket, prefix } = options;
  let opening: ReturnType<typeof open> | undefined;
  const sdk = () => {
    opening ??= open(options);
    return opening;
  };
  const encrypted =
    options.encryption === 'none'
      ? {}
      : { ServerSideEncryption: options.encryption, SSEKMSKeyId: options.kmsKeyId };
  return {
    place: `s3://${Bucket}/${prefix}`,
    list: async (backup) => {
      const { s3, client } = await sdk();
      const found: StoredObject[] = [];
      const Prefix = backup === undefined ? prefix : `${prefix}${backup}/`;
      for await (const page of s3.paginateListObjectsV2({ client }, { Bucket, Prefix })) {
        for (const { Key = '', Size = 0, LastModified = new Date(0) } of page.Contents ?? []) {
          found.push({ key: Key.slice(prefix.length), bytes: Size, changedAt: LastModified });
        }
      }
      return found;
    },
    get: async (key) => {
      const { s3, client } = await sdk();
      const { Body } = await client.send(new s3.GetObjectCommand({ Bucket, Key: prefix + key }));
      return Body as Readable; // on Node it always is
    },
    put: async (key, content) => {
      const { Upload, client } = await sdk();
      const params = { Bucket, Key: prefix + key, Body: content, ...encrypted };
      await new Upload({ client, params, partSize: PART_BYTES, queueSize: 2 }).done();
    },
    remove: async (key) => {
      const { s3, client } = await sdk();
      await client.send(new s3.DeleteObjectCommand({ Bucket, Key: prefix + key }));
    },
    clearInterrupted: async (before) => {
      const { s3, client } = await sdk();
      // The parts of an interrupted upload cost money until it is aborted.
      let marker: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
      for (let more = true; more; ) {
        const page = await client.send(
          new s3.ListMultipartUploadsCommand({ Bucket, Prefix: prefix, ...marker }),
        );
        for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
          if (Initiated === undefined || Initiated >= before) continue;
          await client.send(new s3.AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
        }
        more = page.IsTruncated === true;
        marker = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
      }
    },
  };
}

async function open({ endpoint, region, pathStyle }: S3Options) {
  const [s3, { Upload }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/lib-storage'),
  ]);
  const client: S3Client = new s3.S3Client({
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
    ...(pathStyle !== undefined && { forcePathStyle: pathStyle }),
    // Manifests hold digests of all files; not every server supports the SDK's newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return { s3, Upload, client };
}
