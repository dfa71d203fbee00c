/**
 * Stands for the gateway controller: ends TLS on port 8443 with the certificate of /tls, which it reads again when it
 * changes, and hands what comes to the address that it is given. Runs as the program of a pod, so it uses nothing but Node.
 */
export const edgeServer = `
const { readFileSync, watch } = require('node:fs');
const { connect } = require('node:net');
const [host, port] = process.argv[1].split(':');
const own = () => ({ cert: readFileSync('/tls/tls.crt'), key: readFileSync('/tls/tls.key') });
const server = require('node:tls').createServer({ ...own(), minVersion: 'TLSv1.2' }, (near) => {
  const far = connect({ host, port });
  near.on('error', () => far.destroy()).pipe(far);
  far.on('error', () => near.destroy()).pipe(near);
}).listen(8443);
watch('/tls', () => { try { server.setSecureContext(own()); } catch {} });
process.on('SIGTERM', () => process.exit(0));
`;
