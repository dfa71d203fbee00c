/** A Service of Kubernetes. */
export interface ServiceName {
  name: string;
  namespace: string;
}

/** Which Service a host name may be, as pods of a namespace resolve it; undefined for one that is none. */
export function serviceOfHost(host: string, namespace: string): ServiceName | undefined {
  const [name = '', of, svc, ...rest] = host.split('.');
  if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) return undefined;
  if (of === undefined) return { name, namespace };
  if (svc === undefined) return { name, namespace: of };
  const isCluster = svc === 'svc' && ['', 'cluster.local'].includes(rest.join('.'));
  return isCluster ? { name, namespace: of } : undefined;
}

/**
 * The address of a store by a port of this machine that leads to it. Its certificate bears the name in the cluster,
 * not this machine's: PostgreSQL's is checked against its authority alone, the name by the tunnel, which the API server
 * opens to that very Service.
 * @param authority a file with the authority's certificate, where TLS is used
 */
export function forwardedAddress(address: string, port: number, authority?: string): string {
  const url = new URL(address);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  if (url.searchParams.get('sslmode') === 'verify-full') {
    url.searchParams.set('sslmode', 'verify-ca');
    url.searchParams.set('uselibpqcompat', 'true');
  }
  if (authority !== undefined) url.searchParams.set('sslrootcert', authority);
  return url.href;
}
