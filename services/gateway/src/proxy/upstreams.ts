import type { Service } from '@gospelib/service-kit';
import type { GatewayConfig } from '../config.ts';
import { reportDegraded } from './degraded.ts';
import type { ServiceName } from './service.rules.ts';
import { Upstream } from './upstream.ts';

export type Upstreams = Readonly<Record<ServiceName, Upstream | undefined>>;

/** The services behind the gateway. It is ready when reading is possible, and reports which others are unavailable. */
export function openUpstreams(app: Service, config: GatewayConfig): Upstreams {
  const open = (name: ServiceName, url: string): Upstream => {
    const upstream = new Upstream(name, url, config.UPSTREAM_TIMEOUT_MS);
    app.addHook('onClose', () => upstream.close());
    return upstream;
  };
  const content = open('content', config.CONTENT_URL);
  const reader = open('reader', config.READER_URL);
  const accounts = config.ACCOUNTS_URL ? open('accounts', config.ACCOUNTS_URL) : undefined;
  const study = config.STUDY_URL ? open('study', config.STUDY_URL) : undefined;

  for (const needed of [content, reader]) {
    app.readiness.add(needed.name, (signal) => needed.ready(signal));
  }
  const optional = [accounts, study].filter((upstream) => upstream !== undefined);
  reportDegraded(app, optional);
  return { content, reader, accounts, study };
}
