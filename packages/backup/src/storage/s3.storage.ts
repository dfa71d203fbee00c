import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ObjectStorage, StoredObject } from './object.storage.ts';

export interface S3Options {
  bucket: string;
  /** Before every key: empty, or ending with a slash. */
  prefix: string;
  /** Of a server other than Amazon's. */
  endpoint?: string;
  region?: string;
  /** The bucket in the path instead of the host's name, as most servers of one's own want it. */
  pathStyle?: boolean;
  /** Encrypted at rest by the server; `none` only where the server cannot. */
  encryption: 'AES256' | 'aws:kms' | 'none';
  /** With `aws:kms`: which key; without, the account's own for S3. */
  kmsKeyId?: string;
}

const PART_BYTES = 8 * 1024 * 1024;

/**
 * A bucket of S3 or of what speaks its language. Credentials come by the SDK's own chain (environment, profile, role).
 * The SDK is loaded with the first call: who keeps backups in a folder does not pay for it.
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
    list: async () => {
      const { s3, client } = await sdk();
      const found: StoredObject[] = [];
      for await (const page of s3.paginateListObjectsV2({ client }, { Bucket, Prefix: prefix })) {
        for (const { Key = '', Size = 0, LastModified = new Date(0) } of page.Contents ?? []) {
          found.push({ key: Key.slice(prefix.length), bytes: Size, changedAt: LastModified });
        }
      }
      return found;
    },
    get: async (key) => {
      const { s3, client } = await sdk();
      const { Body } = await client.send(new s3.GetObjectCommand({ Bucket, Key: prefix + key }));
      return Body as Readable; // under Node it is one
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
    sweep: async (before) => {
      const { s3, client } = await sdk();
      // Parts of an upload that was killed are paid for until somebody ends it.
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
    // Files carry digests of their own; not every server knows the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return { s3, Upload, client };
}
