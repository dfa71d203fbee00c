import { ProblemError, type Service } from '@gospelib/service-kit';
import { hostFault, urlFault } from './url.guard.ts';

/** Refuses requests that two servers could interpret differently, before they are routed. */
export function guardRequests(app: Service): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const badUrl = urlFault(request.raw.url ?? '');
    const badHost = hostFault(request.headers.host ?? 'localhost');
    if (badUrl !== undefined) done(new ProblemError('bad-url', badUrl));
    else if (badHost !== undefined) done(new ProblemError('bad-request', badHost));
    else done();
  });
}
