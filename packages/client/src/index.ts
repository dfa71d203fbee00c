export * from './account.client.ts';
export * from './client.errors.ts';
export * from './client.ts';
export * from './study.client.ts';
export * from './study.export.ts';
