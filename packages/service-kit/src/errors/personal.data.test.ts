import { expect, it } from 'vitest';
import { withoutPersonalData } from './personal.data.ts';

it.each([
  ['No mail to alma@zarahemla.example today', 'No mail to [email] today'],
  ['connect ECONNREFUSED 10.1.2.3:5432', 'connect ECONNREFUSED [address]:5432'],
  ['connect to fe80::1ff:fe23:4567:890a', 'connect to [address]'],
  ['postgresql://study:pass@host/db refused', '[address] refused'],
  ['Key (email)=(a@b.example) already exists', 'Key (email)=([hidden]) already exists'],
  ['GET /shared/kF93jd failed', 'GET /shared/[hidden] failed'],
  ['note 0199e6b4-7c00-7abc-8def-0123456789ab is gone', 'note [id] is gone'],
  ['bad token eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ4In0.abc', 'bad token [token]'],
  ['Unexpected token in "my dear diary"', 'Unexpected token in "[hidden]"'],
  ['key a1b2c3d4e5f6a7b8c9d0e1f2a3 is not known', 'key [token] is not known'],
  [
    'Cannot read properties of undefined (reading id)',
    'Cannot read properties of undefined (reading id)',
  ],
])('%s', (text, expected) => {
  expect(withoutPersonalData(text)).toBe(expected);
});
