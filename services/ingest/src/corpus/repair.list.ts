export interface Repair {
  rule: string;
  records: number;
  note: string;
}

/** What was repaired in the sources, for the report and the manifest. A rule that found nothing is left out. */
export class RepairList {
  readonly #repairs: Repair[] = [];

  add(rule: string, records: number, note: string): void {
    if (records > 0) this.#repairs.push({ rule, records, note });
  }

  all(): readonly Repair[] {
    return this.#repairs;
  }
}
