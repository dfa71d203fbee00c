import type { Catalogue } from './catalogue.types.ts';

const store = {
  falkordb: { from: 'store', store: 'falkordb' },
  redis: { from: 'store', store: 'redis' },
  postgresql: { from: 'store', store: 'postgresql' },
} as const;

/** The one list of what the platform consists of: whatever enumerates services, stores or jobs reads it. */
export const platform: Catalogue = {
  stores: {
    falkordb: {
      holds: 'the graph, which can be derived again',
      port: { variable: 'FALKORDB_PORT', usual: 6379, offset: 50 },
      addressVariable: 'FALKORDB_URL',
      schemes: ['redis:', 'rediss:'],
      resources: { memoryMi: 400, memoryLimitMi: 900, cpuMilli: 200 },
    },
    redis: {
      holds: 'what may vanish: rate limits',
      port: { variable: 'REDIS_PORT', usual: 6380, offset: 51 },
      addressVariable: 'REDIS_URL',
      schemes: ['redis:', 'rediss:'],
      resources: { memoryMi: 16, memoryLimitMi: 64, cpuMilli: 20 },
    },
    postgresql: {
      holds: 'what people made: accounts and study',
      port: { variable: 'POSTGRES_PORT', usual: 5432, offset: 52 },
      addressVariable: 'DATABASE_URL',
      schemes: ['postgresql:', 'postgres:'],
      resources: { memoryMi: 128, memoryLimitMi: 512, cpuMilli: 100 },
    },
  },
  services: {
    content: {
      does: 'the API over the graph',
      folder: 'services/content',
      port: { variable: 'CONTENT_PORT', usual: 8100, offset: 20 },
      ownsSchema: false,
      instances: 'many',
      environment: { FALKORDB_URL: store.falkordb },
      programs: ['main'],
      resources: { memoryMi: 200, memoryLimitMi: 400, cpuMilli: 200 },
    },
    accounts: {
      does: 'who reads',
      folder: 'services/accounts',
      port: { variable: 'ACCOUNTS_PORT', usual: 8200, offset: 30 },
      ownsSchema: true,
      instances: 'many',
      environment: {
        DATABASE_URL: store.postgresql,
        PUBLIC_URL: { from: 'origin' },
        TRUSTED_ORIGINS: { from: 'loopback' },
        AUTH_SECRETS: { from: 'secret', secret: 'accounts-auth' },
        INTERNAL_SECRET: { from: 'secret', secret: 'accounts-internal' },
        SMTP_URL: { from: 'operator', secret: true },
        MAIL_OUTBOX_DIR: { from: 'folder', folder: 'mail', unless: 'SMTP_URL' },
        OIDC_CLIENT_SECRET: { from: 'operator', secret: true },
      },
      programs: ['main', 'migrate', 'keys'],
      resources: { memoryMi: 120, memoryLimitMi: 256, cpuMilli: 100 },
    },
    study: {
      does: 'what readers make',
      folder: 'services/study',
      port: { variable: 'STUDY_PORT', usual: 8300, offset: 40 },
      ownsSchema: true,
      instances: 'many',
      environment: {
        DATABASE_URL: store.postgresql,
        PUBLIC_URL: { from: 'origin' },
        ACCOUNTS_URL: { from: 'service', service: 'accounts' },
        INTERNAL_SECRET: { from: 'secret', secret: 'accounts-internal' },
      },
      programs: ['main', 'migrate'],
      resources: { memoryMi: 100, memoryLimitMi: 256, cpuMilli: 100 },
    },
    reader: {
      does: 'the web page',
      folder: 'apps/reader',
      port: { variable: 'READER_PORT', usual: 3000, offset: 10 },
      ownsSchema: false,
      instances: 'many',
      environment: {},
      programs: ['main'],
      resources: { memoryMi: 80, memoryLimitMi: 160, cpuMilli: 50 },
    },
    gateway: {
      does: 'the one way in',
      folder: 'services/gateway',
      port: { variable: 'GATEWAY_PORT', usual: 8080, offset: 0 },
      ownsSchema: false,
      instances: 'many',
      environment: {
        REDIS_URL: store.redis,
        PUBLIC_URL: { from: 'origin' },
        CONTENT_URL: { from: 'service', service: 'content' },
        READER_URL: { from: 'service', service: 'reader' },
        ACCOUNTS_URL: { from: 'service', service: 'accounts' },
        STUDY_URL: { from: 'service', service: 'study' },
      },
      programs: ['main'],
      resources: { memoryMi: 80, memoryLimitMi: 256, cpuMilli: 200 },
    },
  },
  jobs: {
    ingest: {
      does: 'reads the sources into the graph, verifies it and switches to it',
      folder: 'services/ingest',
      program: 'main',
      environment: { FALKORDB_URL: store.falkordb },
      resources: { memoryMi: 700, memoryLimitMi: 1500, cpuMilli: 500 },
    },
  },
  secrets: {
    'accounts-auth': { protects: 'cookies, mailed links and signing keys', format: '1:%' },
    'accounts-internal': { protects: 'what services ask accounts', format: '%' },
    'accounts-database': { protects: 'the rows of accounts', format: '%' },
    'study-database': { protects: 'the rows of study', format: '%' },
  },
  probes: { live: '/health', ready: '/ready', metrics: '/metrics' },
};
