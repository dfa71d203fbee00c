import { OperatorError } from '@gospelib/cli-kit';

/** A data folder was written by another engine version. */
export class EngineVersionError extends OperatorError {
  override readonly name = 'EngineVersionError';
}

/** The engine cannot read data that the same version wrote. */
export class UnreadableDataError extends OperatorError {
  override readonly name = 'UnreadableDataError';
}
