import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { Service } from '../service/service.types.ts';
import { clientAddress, type Proxies, subscriberOf } from './client.address.ts';

const kAddress = Symbol('address');
const kSubscriber = Symbol('subscriber');

type Addressed = IncomingMessage & { [kAddress]?: string; [kSubscriber]?: string };

/** Several limits ask for the caller of one request: who it is is found out once. */
export function decorateAddresses(app: Service, trusted: Proxies): void {
  const addressOf = (raw: Addressed): string => {
    raw[kAddress] ??= clientAddress(raw, trusted);
    return raw[kAddress];
  };
  app.decorateRequest('clientAddress', {
    getter(this: FastifyRequest) {
      return addressOf(this.raw);
    },
  });
  app.decorateRequest('subscriber', {
    getter(this: FastifyRequest) {
      const raw: Addressed = this.raw;
      raw[kSubscriber] ??= subscriberOf(addressOf(raw));
      return raw[kSubscriber];
    },
  });
}
