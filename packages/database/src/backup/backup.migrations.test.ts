import { expect, it } from 'vitest';
import { assertHarmless } from './backup.migrations.ts';

it('a superuser runs no SQL that only the backup has', () => {
  const run = (superuser: boolean, foreign: string[]) =>
    assertHarmless({ role: 'root', superuser }, { foreign });
  expect(() => run(true, ['0003_more'])).toThrow(
    /root is a superuser of PostgreSQL, as whom no SQL of a backup is run \(0003_more\)/,
  );
  expect(() => run(false, ['0003_more'])).not.toThrow();
  expect(() => run(true, [])).not.toThrow();
});
