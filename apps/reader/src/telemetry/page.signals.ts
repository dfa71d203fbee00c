import {
  BaseTransport,
  ErrorsInstrumentation,
  getTransportBody,
  InternalLoggerLevel,
  initializeFaro,
  SessionInstrumentation,
  type TransportItem,
  VERSION,
  WebVitalsInstrumentation,
} from '@grafana/faro-web-sdk';
import { type PageSpan, resourceSpanOf, traceFetch } from './fetch.trace.ts';
import { placeOf, withoutPlaces } from './page.place.ts';

/** Posts batches as they are: any receiver of Faro takes them, whatever headers its CORS knows. */
class PlainTransport extends BaseTransport {
  readonly name = 'gospelib-plain';
  readonly version = VERSION;
  readonly #url: string;
  readonly #send: typeof fetch;

  constructor(url: string, send: typeof fetch) {
    super();
    this.#url = url;
    this.#send = send;
  }

  override isBatched(): boolean {
    return true;
  }

  override getIgnoreUrls(): string[] {
    return [this.#url];
  }

  async send(items: TransportItem | TransportItem[]): Promise<void> {
    const body = withoutPlaces(JSON.stringify(getTransportBody([items].flat())));
    const headers = { 'content-type': 'application/json' };
    // An agent that is away is nobody's concern here.
    await this.#send(this.#url, {
      method: 'POST',
      body,
      headers,
      keepalive: body.length < 60_000,
    }).catch(() => undefined);
  }
}

/** Errors, web vitals, sessions without identity, navigation, and the spans of requests. @param url of the receiver */
export function collectSignals(url: string, release: string): void {
  const send = globalThis.fetch.bind(globalThis);
  const faro = initializeFaro({
    app: { name: 'reader-page', version: release },
    transports: [new PlainTransport(url, send)],
    instrumentations: [
      new ErrorsInstrumentation(),
      new WebVitalsInstrumentation(),
      new SessionInstrumentation(),
    ],
    // A session lives as long as its tab, and says nothing of who reads.
    sessionTracking: { enabled: true, persistent: false },
    batching: { enabled: true, sendTimeout: 1000 },
    internalLoggerLevel: InternalLoggerLevel.OFF,
  });
  const show = () => faro.api.setView({ name: placeOf(location.pathname) });
  show();
  globalThis.navigation?.addEventListener('navigatesuccess', show);
  globalThis.fetch = traceFetch(send, (span: PageSpan) =>
    faro.api.pushTraces({ resourceSpans: [resourceSpanOf(span, release)] }),
  );
}
