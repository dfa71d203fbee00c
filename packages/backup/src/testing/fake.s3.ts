import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Stored {
  bytes: Buffer;
  encryption: string;
  changedAt: Date;
}

interface Upload {
  key: string;
  encryption: string;
  parts: Map<number, Buffer>;
  initiatedAt: Date;
}

/** The part of S3 that a backup store uses, in memory. It refuses what a real server might accept by mistake. */
export interface FakeS3 {
  url: string;
  objects: Map<string, Stored>;
  uploads: Map<string, Upload>;
  /** Method and query of each request. */
  requests: string[];
  /** The key of each object that was read. */
  reads: string[];
  close(): Promise<void>;
}

const PAGE = 2;

/** Refuses unsigned requests and writes without server-side encryption; lists two keys a page. */
export async function startFakeS3(bucket: string): Promise<FakeS3> {
  const objects: FakeS3['objects'] = new Map();
  const uploads: FakeS3['uploads'] = new Map();
  const requests: string[] = [];
  const reads: string[] = [];
  const server = createServer((request, response) => {
    void answer(request).then(([status, body, headers = {}]) => {
      response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(body);
    }, failed(response));
  });

  async function answer(request: IncomingMessage): Promise<Answer> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://s3');
    const path = decodeURIComponent(pathname);
    const chunks: Buffer[] = await request.toArray();
    const bytes = Buffer.concat(chunks);
    requests.push(`${request.method} ${[...query.keys()].join('&')}`);
    if (!/^AWS4-HMAC-SHA256 Credential=\S+/.test(request.headers.authorization ?? '')) {
      return error(403, 'AccessDenied');
    }
    if (path !== `/${bucket}` && !path.startsWith(`/${bucket}/`)) return error(404, 'NoSuchBucket');
    const key = path.slice(bucket.length + 2);
    const encryption = request.headers['x-amz-server-side-encryption']?.toString() ?? '';
    const upload = uploads.get(query.get('uploadId') ?? '');
    if (request.method === 'GET' && key === '') {
      return query.has('uploads') ? listUploads() : listObjects(query);
    }
    if (request.method === 'GET') {
      reads.push(key);
      const stored = objects.get(key);
      return stored === undefined ? error(404, 'NoSuchKey') : [200, stored.bytes];
    }
    if (request.method === 'PUT' && upload !== undefined) {
      upload.parts.set(Number(query.get('partNumber')), bytes);
      return [200, '', { etag: etag(bytes) }];
    }
    if (request.method === 'PUT') {
      if (encryption === '') return error(400, 'EncryptionRequired');
      objects.set(key, { bytes, encryption, changedAt: new Date() });
      return [200, '', { etag: etag(bytes) }];
    }
    if (request.method === 'POST' && query.has('uploads')) {
      if (encryption === '') return error(400, 'EncryptionRequired');
      const id = `upload-${uploads.size}`;
      uploads.set(id, { key, encryption, parts: new Map(), initiatedAt: new Date() });
      return xml('InitiateMultipartUploadResult', `<UploadId>${id}</UploadId>`);
    }
    if (request.method === 'POST' && upload !== undefined) {
      const parts = [...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part);
      const whole = Buffer.concat(parts);
      objects.set(key, { bytes: whole, encryption: upload.encryption, changedAt: new Date() });
      uploads.delete(query.get('uploadId') ?? '');
      return xml('CompleteMultipartUploadResult', `<Key>${key}</Key><ETag>"x"</ETag>`);
    }
    if (request.method === 'DELETE') {
      if (query.has('uploadId')) uploads.delete(query.get('uploadId') ?? '');
      else objects.delete(key);
      return [204, ''];
    }
    return error(501, 'NotImplemented');
  }

  function listObjects(query: URLSearchParams): Answer {
    const prefix = query.get('prefix') ?? '';
    const after = query.get('continuation-token') ?? '';
    const keys = [...objects.keys()].sort().filter((key) => key.startsWith(prefix) && key > after);
    const page = keys.slice(0, PAGE);
    const more = keys.length > PAGE;
    const contents = page.map((key) => {
      const { bytes, changedAt } = objects.get(key) as Stored;
      return `<Contents><Key>${key}</Key><Size>${bytes.length}</Size><LastModified>${changedAt.toISOString()}</LastModified></Contents>`;
    });
    const next = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
    return xml('ListBucketResult', `<IsTruncated>${more}</IsTruncated>${next}${contents.join('')}`);
  }

  function listUploads(): Answer {
    const entries = [...uploads].map(
      ([id, { key, initiatedAt }]) =>
        `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${initiatedAt.toISOString()}</Initiated></Upload>`,
    );
    return xml('ListMultipartUploadsResult', `<IsTruncated>false</IsTruncated>${entries.join('')}`);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    uploads,
    requests,
    reads,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Answer = [status: number, body: string | Buffer, headers?: Record<string, string>];

function xml(name: string, inner: string): Answer {
  return [200, `<?xml version="1.0" encoding="UTF-8"?><${name}>${inner}</${name}>`];
}

function error(status: number, code: string): Answer {
  return [
    status,
    `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  ];
}

function etag(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

function failed(response: ServerResponse) {
  return (cause: unknown) => response.writeHead(500).end(String(cause));
}
