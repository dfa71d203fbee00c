/**
 * The mail server of the cluster: takes every mail (port 2525) and shows them as JSON (port 8025). Runs as the program
 * of a pod, so it uses nothing but Node.
 */
export const mailServer = `
const { createServer } = require('node:net');
const mails = [];
createServer((socket) => {
  let to = '';
  let data;
  let rest = '';
  const say = (line) => socket.write(line + '\\r\\n');
  socket.on('error', () => {}).setEncoding('latin1').on('data', (chunk) => {
    const lines = (rest + chunk).split('\\r\\n');
    rest = lines.pop();
    for (const line of lines) {
      if (data !== undefined && line !== '.') data.push(line.replace(/^\\./, ''));
      else if (data !== undefined) {
        mails.push({ to, text: data.join('\\n').replace(/=\\n/g, '').replace(/=3D/g, '=') });
        data = undefined;
        say('250 kept');
      } else if (/^RCPT TO:<(.*)>/i.test(line)) { to = /<(.*)>/.exec(line)[1]; say('250 ok'); }
      else if (/^DATA/i.test(line)) { data = []; say('354 go on'); }
      else if (/^QUIT/i.test(line)) { say('221 bye'); socket.end(); }
      else say('250 ok');
    }
  });
  say('220 mail');
}).listen(2525);
require('node:http').createServer((_, answer) => answer.end(JSON.stringify(mails))).listen(8025);
`;
