/** A source that cannot be used: the file, the record and the reason. It ends the run before anything changes. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly file: string;
  readonly record: string | undefined;
  readonly reason: string;

  constructor(file: string, record: string | undefined, reason: string) {
    super(record === undefined ? `${file}: ${reason}` : `${file}, ${record}: ${reason}`);
    this.file = file;
    this.record = record;
    this.reason = reason;
  }
}
