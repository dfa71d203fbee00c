import { writeAsReader } from '@gospelib/delivery';
import { expect, inject, it } from 'vitest';
import { openAccount } from './account.ts';
import { platformAt } from './platform.ts';
import { kept } from './study.maker.ts';

const place = inject('place');
const { origin } = platformAt(place);

it('who looks at a bake signs in, writes a note, and leaves none behind', async () => {
  const account = await openAccount(place);
  const { email, password } = account;
  const write = (word: string, at = origin) =>
    writeAsReader(at, { GOSPELIB_BAKE_EMAIL: email, GOSPELIB_BAKE_PASSWORD: word });
  expect(await write(password)).toBeUndefined();
  expect(await kept(account, 'notes')).toEqual([]);
  expect(await write('another')).toContain('somebody signs in (status 4');
  expect(await write(password, 'http://127.0.0.1:2')).toContain('somebody signs in');
  expect(await writeAsReader(origin, {})).toBeUndefined();
});
