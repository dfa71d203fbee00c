import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';

/**
 * The role that a service connects as. It is named `<schema>_service`, so that migrations can refer to it, and may only
 * read and write rows of its own schema.
 */
export interface ServiceRole {
  /** Set at each run of the migrations. Without one, a new role cannot sign in. */
  password?: string;
}

/** The part of `pg.Client` that is needed here. */
interface Client {
  query(text: string, values?: unknown[]): Promise<{ rowCount: number | null }>;
}

/**
 * Creates the schema and the service's role, and grants that role to read and write rows of all future tables.
 * A migration revokes what a table must not allow (an append-only log: REVOKE UPDATE, DELETE).
 */
export async function ensureRole(client: Client, schema: string, role: ServiceRole): Promise<void> {
  const owner = pg.escapeIdentifier(schema);
  const plainName = nameOf(schema);
  const name = pg.escapeIdentifier(plainName);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${owner}`);
  await client.query(`REVOKE ALL ON SCHEMA ${owner} FROM PUBLIC`);
  const found = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [plainName]);
  if (found.rowCount === 0) await client.query(`CREATE ROLE ${name} NOLOGIN`);
  if (role.password !== undefined) {
    const verifier = pg.escapeLiteral(scramVerifier(role.password));
    await client.query(`ALTER ROLE ${name} LOGIN PASSWORD ${verifier}`);
  }
  await client.query(`GRANT USAGE ON SCHEMA ${owner} TO ${name}`);
  const defaults = `ALTER DEFAULT PRIVILEGES IN SCHEMA ${owner} GRANT`;
  await client.query(`${defaults} SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${name}`);
  await client.query(`${defaults} USAGE ON SEQUENCES TO ${name}`);
}

/** Lets the service read the `migrations` table, never write it. */
export async function protectList(client: Client, schema: string): Promise<void> {
  const table = `${pg.escapeIdentifier(schema)}.migrations`;
  const name = pg.escapeIdentifier(nameOf(schema));
  await client.query(`REVOKE ALL ON ${table} FROM ${name}`);
  await client.query(`GRANT SELECT ON ${table} TO ${name}`);
}

function nameOf(schema: string): string {
  return `${schema}_service`;
}

const iterations = 4096;

/**
 * What PostgreSQL stores for a password (RFC 5803). Computed here, so that the password is never part of a statement
 * that the server might log.
 */
function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256');
  const keyOf = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  const server = keyOf('Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${server}`;
}
