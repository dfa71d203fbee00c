import { connectDatabase, type DatabaseOptions, openDatabaseProbe } from '@gospelib/database';
import {
  createService,
  type Service,
  type ServiceIdentity,
  sendProblem,
} from '@gospelib/service-kit';
import manifest from '../package.json' with { type: 'json' };
import { accountRoutes } from './account/account.routes.ts';
import { accountsNeeds } from './accounts.needs.ts';
import { asProblem } from './auth/auth.error.ts';
import { authEvents } from './auth/auth.events.ts';
import { type Auth, type AuthOptions, createAuth } from './auth/auth.ts';
import { signAnew } from './auth/cookie.signature.ts';
import { currentAuth } from './auth/current.auth.ts';
import { keyMaker } from './auth/key.maker.ts';
import type { AccountsConfig } from './config.ts';
import { deletionRoutes } from './deletion/deletion.routes.ts';
import { deletionService } from './deletion/deletion.service.ts';
import { internalRoutes } from './deletion/internal.routes.ts';
import { openCounters } from './event/event.counters.ts';
import { EventLog } from './event/event.log.ts';
import { tidyUp } from './housekeeping/housekeeping.ts';
import { repeat } from './housekeeping/repeated.task.ts';
import { guardOrigin } from './http/origin.guard.ts';
import { proveSigning } from './key/key.probe.ts';
import { KeyRing } from './key/key.ring.ts';
import { keySchedule } from './key/key.schedule.ts';
import { tokenRoutes } from './key/token.routes.ts';
import { MailQueue } from './mail/mail.queue.ts';
import { outboxSender, pruneOutbox } from './mail/outbox.sender.ts';
import { smtpSender } from './mail/smtp.sender.ts';
import { openPasswordHasher } from './password/password.hasher.ts';
import { changePasswordRoutes, passwordRoutes } from './password/password.routes.ts';
import { passwordService } from './password/password.service.ts';
import { providerRoutes } from './provider/provider.routes.ts';
import { knownDevices } from './session/known.devices.ts';
import { requireSignedIn } from './session/session.guard.ts';
import { sessionRoutes } from './session/session.routes.ts';
import { openTokenLifetime } from './session/token.lifetime.ts';
import { signInRoutes } from './sign-in/sign-in.routes.ts';
import { signInService, signOutService } from './sign-in/sign-in.service.ts';
import { signUpRoutes } from './sign-up/sign-up.routes.ts';
import { signUpService } from './sign-up/sign-up.service.ts';
import { Throttle } from './throttle/throttle.ts';
import { verificationRoutes } from './verification/verification.routes.ts';
import { verificationService } from './verification/verification.service.ts';

export const identity: ServiceIdentity = { name: 'accounts', version: manifest.version };

const minute = 60_000;

/** What was proven is taken for true for this long. */
const proven = { keepFor: 2000 };

/** Builds the service; it does not listen. Closing it sends pending mails and closes the connections. */
export async function buildApp(config: AccountsConfig): Promise<Service> {
  const app = await createService({
    ...identity,
    config,
    limits: { bodyBytes: 16 * 1024 },
    openapi: {
      path: '/api/v1/account/openapi.json',
      title: 'GospeLib accounts',
      description: 'Accounts, sessions and tokens. Errors are problems as of RFC 9457.',
    },
  });
  const store: DatabaseOptions = {
    url: config.databaseUrl,
    schema: 'accounts',
    application: 'accounts',
    onQuery: (name, outcome, seconds) =>
      app.metrics.observeQuery('postgresql', name, outcome, seconds),
    onLost: (error) => app.log.warn({ err: error }, 'connection to the store lost'),
  };
  const database = connectDatabase(store);
  const probe = openDatabaseProbe(store, accountsNeeds);
  const sender =
    'smtpUrl' in config.mail
      ? smtpSender(config.mail.smtpUrl, config.MAIL_FROM)
      : outboxSender(config.mail.outboxDir, config.MAIL_FROM);
  const counters = openCounters(app.metrics.registry);
  const mails = new MailQueue(sender, app.log);
  const events = new EventLog(database, app.log, counters.event);
  // onClose hooks run in reverse: whatever is registered below ends before its store does.
  app.addHook('onClose', async () => {
    await mails.close();
    await probe.close();
    await database.close();
  });
  const keys = new KeyRing(database, keySchedule(config));
  const throttle = new Throttle(database, () => config.internalSecrets()[0], counters.refusal);
  const hasher = openPasswordHasher(app, database);
  const options: Omit<AuthOptions, 'secrets'> = {
    hasher,
    config,
    pool: database.pool,
    keys,
    events: authEvents({
      publicUrl: config.PUBLIC_URL,
      database,
      mails,
      events,
      throttle,
      auth: () => auth,
    }),
    log: (message, details) => app.log.error({ details }, message),
  };
  const make = (secrets: AuthOptions['secrets']) => createAuth({ ...options, secrets });
  const auth: Auth = currentAuth(config.authSecrets, make);

  app.addHook('onReady', () => database.warm());
  app.readiness.add('postgresql', probe.answers, proven);
  app.readiness.add('schema accounts (./gl db migrate)', probe.hasSchema, proven);
  app.readiness.add('rights in schema accounts', probe.hasRights, proven);
  app.readiness.add('signing key', () => proveSigning(auth, keys), proven);
  const makeKey = keyMaker(config);
  repeat(app, 'signing keys', minute / 4, () => keys.maintain(makeKey));
  repeat(app, 'tidy up', 10 * minute, () => tidyUp(database));
  const { mail, MAIL_OUTBOX_DAYS } = config;
  if ('outboxDir' in mail) {
    repeat(app, 'tidy mails', 10 * minute, () => pruneOutbox(mail.outboxDir, MAIL_OUTBOX_DAYS));
  }

  const lifetime = openTokenLifetime(app, database, config);
  const devices = knownDevices(config);
  const dependencies = { auth, database, throttle, events, mails, devices, hasher };
  const passwords = passwordService(dependencies);
  await app.register(
    async (api) => {
      api.setErrorHandler((error, request, reply) => sendProblem(asProblem(error), request, reply));
      api.addHook('onRequest', async ({ headers }, reply) => {
        reply.header('cache-control', 'no-store');
        if (headers.cookie) headers.cookie = signAnew(headers.cookie, config.authSecrets());
      });
      guardOrigin(api, [config.PUBLIC_URL, ...config.TRUSTED_ORIGINS]);
      signUpRoutes(api, signUpService(auth, database, throttle));
      signInRoutes(api, signInService(dependencies), signOutService(dependencies));
      verificationRoutes(api, verificationService(dependencies));
      passwordRoutes(api, passwords);
      providerRoutes(api, {
        makeAuth: () =>
          currentAuth(config.authSecrets, (secrets) =>
            createAuth({ ...options, secrets, ...(config.oidc && { oidc: config.oidc }) }),
          ),
        oidc: config.oidc,
        publicUrl: config.PUBLIC_URL,
        devices,
      });
      tokenRoutes(api, auth, keys, lifetime);
      await api.register(async (own) => {
        requireSignedIn(own, auth);
        accountRoutes(own, database, events);
        sessionRoutes(own, database, events);
        changePasswordRoutes(own, passwords);
        const tokenLifetime = config.TOKEN_LIFETIME_SECONDS;
        deletionRoutes(own, deletionService({ ...dependencies, passwords, tokenLifetime }));
      });
    },
    { prefix: '/api/v1' },
  );
  await app.register(
    async (internal) => {
      internal.setErrorHandler((error, request, reply) =>
        sendProblem(asProblem(error), request, reply),
      );
      internalRoutes(internal, database, config.internalSecrets);
    },
    { prefix: '/internal/v1' },
  );
  return app;
}
