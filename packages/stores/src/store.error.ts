/** A fault of a store or of the machine it should run on, with what the person can do about it. */
export class StoreError extends Error {
  override readonly name: string = 'StoreError';
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(hint === undefined ? message : `${message}\n${hint}`, options);
    this.hint = hint;
  }
}

/** A data folder written by another engine version than the one that should open it. */
export class EngineVersionError extends StoreError {
  override readonly name = 'EngineVersionError';
}

/** Data that the very engine that wrote it cannot read. */
export class UnreadableDataError extends StoreError {
  override readonly name = 'UnreadableDataError';
}

/** A data folder (or any other locked thing) that a living process holds. */
export class LockedError extends StoreError {
  override readonly name = 'LockedError';
  readonly pid: number;

  constructor(what: string, pid: number) {
    super(`${what} is in use by process ${pid}.`);
    this.pid = pid;
  }
}

/** A port that another process listens on. */
export class PortBusyError extends StoreError {
  override readonly name = 'PortBusyError';
  readonly port: number;

  constructor(port: number, holder: string, hint?: string) {
    super(`Port ${port} is taken by ${holder}.`, hint);
    this.port = port;
  }
}
