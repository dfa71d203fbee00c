import { startGateway, type TestGateway } from './start.gateway.ts';
import { publicUrl, TestIssuer } from './test.issuer.ts';
import { TestUpstream } from './upstream.server.ts';

export interface TestPlatform {
  content: TestUpstream;
  accounts: TestUpstream;
  study: TestUpstream;
  reader: TestUpstream;
  issuer: TestIssuer;
  gateway: TestGateway;
  /** Clears what the services received, and resets their answers. */
  reset(): void;
  close(): Promise<void>;
}

/** A gateway in front of four services, of which accounts has a key. */
export async function startTestPlatform(env: Record<string, string> = {}): Promise<TestPlatform> {
  const issuer = await TestIssuer.create();
  const starting = Array.from({ length: 4 }, () => new TestUpstream().start());
  const [content, accounts, study, reader] = (await Promise.all(starting)) as [
    TestUpstream,
    TestUpstream,
    TestUpstream,
    TestUpstream,
  ];
  const services = [content, accounts, study, reader];
  const reset = (): void => {
    for (const service of services) {
      service.received.length = 0;
      service.answer((_request, response) => response.end('ok'));
    }
    accounts.answer(issuer.listener);
  };
  reset();
  const gateway = await startGateway({
    CONTENT_URL: content.url,
    ACCOUNTS_URL: accounts.url,
    STUDY_URL: study.url,
    READER_URL: reader.url,
    PUBLIC_URL: publicUrl,
    RATE_LIMIT_PER_MINUTE: '100000',
    RATE_LIMIT_SIGN_IN_PER_MINUTE: '100000',
    RATE_LIMIT_USER_PER_MINUTE: '100000',
    ...env,
  });
  return {
    content,
    accounts,
    study,
    reader,
    issuer,
    gateway,
    reset,
    async close() {
      await gateway.app.close();
      await Promise.all(services.map((service) => service.stop()));
    },
  };
}
