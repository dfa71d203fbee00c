export interface Mend {
  rule: string;
  records: number;
  note: string;
}

/** What was mended in the sources, for the report and the manifest. A rule that found nothing is left out. */
export class MendList {
  readonly #mends: Mend[] = [];

  add(rule: string, records: number, note: string): void {
    if (records > 0) this.#mends.push({ rule, records, note });
  }

  all(): readonly Mend[] {
    return this.#mends;
  }
}
