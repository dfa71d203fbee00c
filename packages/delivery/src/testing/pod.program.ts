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
};
const server = createServer((request, response) => {
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
