export * from './account.schema.ts';
export * from './connection.schema.ts';
export * from './corpus.schema.ts';
export * from './passage.schema.ts';
export * from './problem.schema.ts';
export * from './search.schema.ts';
export * from './study-map.schema.ts';
export * from './word.schema.ts';
