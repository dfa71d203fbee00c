import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** Beyond it readers have gone. */
const TIMEOUT_MS = 10_000;
const API = '/api/v1';
const NOTES = `${API}/study/notes`;
const tokenAnswer = z.object({ token: z.string() });
const noteAnswer = z.object({ id: z.string(), version: z.number() });

/** Of a person who is nobody: an account of staging alone. */
interface Writer {
  email: string;
  password: string;
}

/**
 * Signs in, writes a note, reads it back and deletes it, through the gateway, as a person does.
 * GOSPELIB_BAKE_EMAIL and GOSPELIB_BAKE_PASSWORD name the account; without them nobody writes.
 * @returns what did not work; undefined: all did, or nobody writes
 */
export async function writeAsReader(
  origin: string,
  { GOSPELIB_BAKE_EMAIL: email, GOSPELIB_BAKE_PASSWORD: password }: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  if (!email || !password) return undefined;
  let does = 'somebody signs in';
  try {
    const authorization = await signIn(origin, { email, password });
    const mark = randomUUID();
    const note = { passage: 'alma.32.21', body: `The bake looks (${mark}).`, tags: [] };
    does = 'a note is written';
    const written = await ask(
      origin,
      'POST',
      NOTES,
      { authorization, 'idempotency-key': mark },
      note,
    );
    const { id, version } = noteAnswer.parse(await written.json());
    does = 'a note is read back';
    const read = await ask(origin, 'GET', `${NOTES}/${id}`, { authorization });
    if (!(await read.text()).includes(mark)) return `not so: ${does} (an answer without its text)`;
    does = 'a note is deleted';
    await ask(origin, 'DELETE', `${NOTES}/${id}`, { authorization, 'if-match': `"${version}"` });
    return undefined;
  } catch (error) {
    const { cause, message } = error as Error & { cause?: Error };
    return `not so: ${does} (${cause?.message || message})`;
  }
}

/** The header that says who asks. */
async function signIn(origin: string, writer: Writer): Promise<string> {
  const signed = await ask(origin, 'POST', `${API}/auth/sign-in/email`, {}, writer);
  const cookie = signed.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const answer = await ask(origin, 'GET', `${API}/auth/token`, { cookie });
  return `Bearer ${tokenAnswer.parse(await answer.json()).token}`;
}

/** @throws Error for any other status than one of success */
async function ask(
  origin: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: object,
): Promise<Response> {
  const response = await fetch(new URL(path, origin), {
    method,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { ...headers, origin, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (response.ok) return response;
  await response.body?.cancel();
  throw new Error(`status ${response.status}`);
}
