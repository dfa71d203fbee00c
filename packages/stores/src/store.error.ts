import { OperatorError } from '@gospelib/cli-kit';

/** A data folder written by another engine version than the one that should open it. */
export class EngineVersionError extends OperatorError {
  override readonly name = 'EngineVersionError';
}

/** Data that the very engine that wrote it cannot read. */
export class UnreadableDataError extends OperatorError {
  override readonly name = 'UnreadableDataError';
}
