export * from './client.errors.ts';
export * from './client.ts';
