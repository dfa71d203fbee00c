import pg from 'pg';
import { AddressChoice, isSignInRefused } from './address.choice.ts';

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: Error | boolean) => void,
) => void;

type Called = (error?: Error) => void;

/** Connections whose address is asked for anew each time. A sign-in that is refused is tried once more with the other address. */
export class DatabasePool extends pg.Pool {
  constructor(url: string | (() => string), config: pg.PoolConfig) {
    super({ ...config, Client: clientAt(typeof url === 'string' ? () => url : url) });
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    const client = super.connect().catch((error: unknown) => {
      if (!isSignInRefused(error)) throw error;
      return super.connect();
    });
    if (callback === undefined) return client;
    client.then(
      (one) => callback(undefined, one, (release) => one.release(release)),
      (error: Error) => callback(error, undefined, () => undefined),
    );
    return undefined;
  }
}

function clientAt(url: () => string): typeof pg.Client {
  const choice = new AddressChoice(url);
  return class extends pg.Client {
    constructor(config: pg.ClientConfig) {
      const address = choice.next();
      super({ ...config, connectionString: address });
      // The pool calls it with a callback.
      const connect = this.connect.bind(this) as (callback: Called) => void;
      const learning = (callback: Called) =>
        connect((error) => {
          choice.learn(address, error);
          callback(error);
        });
      this.connect = learning as typeof this.connect;
    }
  };
}
