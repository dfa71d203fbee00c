/** How a release behaves: well, or badly in one of the ways of bad code. */
export type Behaviour =
  | 'good'
  | 'crashes'
  | 'answers-500'
  | 'slow'
  | 'never-ready'
  | 'answers-500-in-production';

/** What the pods of a release run: what a reader asks for is answered, by its version. */
export function podProgram(version: string, behaviour: Behaviour): string {
  return `
const { createServer } = require('node:http');
const [version, given] = ${JSON.stringify([version, behaviour])};
// The same image everywhere: where it is, the names that it looks up tell.
const isProduction = require('node:fs').readFileSync('/etc/resolv.conf', 'utf8').includes('-production.svc');
const behaviour = given !== 'answers-500-in-production' ? given : isProduction ? 'answers-500' : 'good';
if (behaviour === 'crashes') setTimeout(() => process.exit(1), 500);
const answers = {
  '/': '<html></html>',
  '/ready': '{}',
  '/version': version,
  '/api/v1/chapters/alma.32': '{"verses":[{}]}',
  '/api/v1/search?q=faith': '{"hits":[{}]}',
  '/api/v1/auth/token': '{"token":"of-the-lane"}',
};
// Who signs in with the password of the lane writes notes. What a note says is its id: there are two pods.
const NOTES = '/api/v1/study/notes';
const write = (request, text) => {
  const { method, url, headers } = request;
  if (url === '/api/v1/auth/sign-in/email') return JSON.parse(text).password === 'of-the-lane' ? '{}' : undefined;
  if (headers.authorization !== 'Bearer of-the-lane') return undefined;
  if (method === 'POST') {
    const id = Buffer.from(JSON.parse(text).body).toString('base64url');
    return JSON.stringify({ id, version: 1 });
  }
  return Buffer.from(url.slice(NOTES.length + 1), 'base64url').toString();
};
const server = createServer(async (request, response) => {
  if (request.url.startsWith(NOTES) || request.url.endsWith('/sign-in/email')) {
    const parts = await Array.fromAsync(request);
    const answer = write(request, Buffer.concat(parts).toString());
    response.writeHead(answer === undefined ? 401 : 200, { connection: 'close', 'set-cookie': 'a=b' });
    return response.end(answer ?? '{}');
  }
  const isReady = request.url === '/ready';
  const isBad = isReady ? ['never-ready', 'crashes'].includes(behaviour) : behaviour === 'answers-500';
  const answer = () => {
    response.writeHead(isBad ? 500 : 200, { connection: 'close', 'x-version': version });
    response.end(answers[request.url] ?? '');
  };
  if (behaviour === 'slow' && !isReady) setTimeout(answer, 15000);
  else answer();
});
server.listen(8080);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;
}
