import { OperatorError } from '@gospelib/cli-kit';

/** Something that a living process holds: a data folder, a platform. */
export class LockedError extends OperatorError {
  override readonly name = 'LockedError';
  readonly pid: number;

  constructor(what: string, pid: number) {
    super(`${what} is in use by process ${pid}.`);
    this.pid = pid;
  }
}

/** A port that another process listens on. */
export class PortBusyError extends OperatorError {
  override readonly name = 'PortBusyError';
  readonly port: number;

  constructor(port: number, holder: string, remedy?: string) {
    super(`Port ${port} is taken by ${holder}.`, remedy);
    this.port = port;
  }
}
