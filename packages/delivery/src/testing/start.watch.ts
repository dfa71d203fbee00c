/** What is seen from beside a program that starts. */
export interface SeenStart {
  /** From the program's start to its first ready answer, ms; to 10 ms. */
  readyMs: number;
  /** How much of that its main thread waited for a core, as proc_pid_schedstat tells: a busy machine, and no fault of the image. */
  waitedMs: number;
  /** Lines of proc_pid_status(5). */
  uid: string;
  capabilities: string;
  noNewPrivileges: string;
  /** Options of the mount of its root. */
  rootMount: string;
}

/** A script of Node that shares the program's processes, tells what it sees as one line of JSON, and waits for its end. */
export const watchStart = (port: number) => `
const fs = require('node:fs');
const read = (path) => { try { return fs.readFileSync(path, 'utf8'); } catch { return ''; } };
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const find = () => fs.readdirSync('/proc').find((pid) => /^\\d+$/.test(pid)
  && read('/proc/' + pid + '/cmdline').split('\\0').some((part) => /main\\.js$/.test(part)));
const isReady = () => fetch('http://127.0.0.1:${port}/ready').then((answer) => answer.ok, () => false);
process.on('SIGTERM', () => process.exit(0));
(async () => {
  let pid;
  while ((pid = find()) === undefined) await sleep(2);
  while (!(await isReady())) await sleep(2);
  const now = Number(read('/proc/uptime').split(' ')[0]);
  const started = Number(read('/proc/' + pid + '/stat').split(') ')[1].split(' ')[19]) / 100;
  const status = read('/proc/' + pid + '/status');
  const line = (name) => status.match(new RegExp('^' + name + ':\\\\s*(.*)$', 'm'))?.[1];
  const mount = read('/proc/' + pid + '/mountinfo').split('\\n').find((one) => one.split(' ')[4] === '/');
  const waited = Number(read('/proc/' + pid + '/schedstat').split(' ')[1]) / 1e6;
  console.log(JSON.stringify({ readyMs: Math.round((now - started) * 1000), waitedMs: Math.round(waited), uid: line('Uid'),
    capabilities: line('CapEff'), noNewPrivileges: line('NoNewPrivs'), rootMount: mount?.split(' ')[5] }));
  setInterval(() => {}, 1000);
})();
`;
