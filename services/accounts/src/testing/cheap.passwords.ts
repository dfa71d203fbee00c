import crypto, { type Argon2Parameters, type BinaryLike, type ScryptOptions } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

type Done = (error: Error | null, key: Buffer) => void;

const { argon2, scrypt } = crypto;

/**
 * In the process of a test passwords are hashed by the same functions with a fraction of the work: what is tested is
 * that there is a hash, not how long it takes. Processes that a test starts do the whole work.
 */
Object.assign(crypto, {
  argon2: (algorithm: 'argon2id', parameters: Argon2Parameters, done: Done): void =>
    argon2(algorithm, { ...parameters, memory: 8, passes: 1 }, done),
  scrypt: (
    password: BinaryLike,
    salt: BinaryLike,
    length: number,
    options: ScryptOptions,
    done: Done,
  ): void => scrypt(password, salt, length, { ...options, N: 16 }, done),
});
syncBuiltinESMExports();
