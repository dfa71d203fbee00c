import { confirmLoss, OperatorError } from '@gospelib/cli-kit';
import {
  type DatabaseRestore,
  dropRetained,
  listRetained,
  reinstateRetained,
} from '@gospelib/database';
import Table from 'cli-table3';
import type { Config } from '../config.ts';
import { withDatabase } from '../database/database.session.ts';
import { print } from './graph.command.ts';

export interface AsideOptions {
  json?: boolean;
  dryRun?: boolean;
  acceptDataLoss?: boolean;
}

/** Shows the databases that restores kept aside. */
export async function dbAsideList(config: Config, { json }: AsideOptions): Promise<number> {
  const found = await withDatabase(config, listRetained);
  print(json, found, () => {
    if (found.length === 0) return 'Nothing is kept aside.';
    const table = new Table({
      head: ['database', 'kept since', 'MB', 'why'],
      style: { head: [], border: [], compact: true },
      colAligns: ['left', 'left', 'right', 'left'],
    });
    for (const { name, keptAt, megabytes, why } of found) {
      table.push([name, keptAt, megabytes.toFixed(1), why]);
    }
    return table.toString();
  });
  return 0;
}

/** Drops one of them for good. */
export async function dbAsideDrop(
  config: Config,
  name: string,
  { json, dryRun, acceptDataLoss }: AsideOptions,
): Promise<number> {
  return withDatabase(config, async (url) => {
    await assertAside(url, name);
    if (dryRun !== true) {
      console.error(`${name} will be gone for good.`);
      await confirmLoss(name, { accepted: acceptDataLoss });
      await dropRetained(url, name);
    }
    print(json, { dropped: name, dryRun: dryRun === true }, () =>
      dryRun === true ? `Would drop ${name}.` : `${name} is dropped.`,
    );
    return 0;
  });
}

/** The way back from a restore: puts one of them in the place of the database, which is kept aside in turn. */
export async function dbAsideBack(
  config: Config,
  name: string,
  { json, dryRun, acceptDataLoss }: AsideOptions,
): Promise<number> {
  return withDatabase(config, async (url) => {
    await assertAside(url, name);
    if (dryRun === true) {
      print(json, { from: name, dryRun: true }, () => `Would put ${name} back.`);
      return 0;
    }
    console.error(
      `${name} takes the place of the database. What was written since it was set aside is kept, but aside.`,
    );
    await confirmLoss(name, { accepted: acceptDataLoss });
    const done = await reinstateRetained(url, name);
    print(json, { ...done, dryRun: false }, () => renderBack(done));
    return 0;
  });
}

function renderBack({ from, database, retained, unavailableMs }: DatabaseRestore): string {
  return `${from} is the database ${database} again; nobody could connect for ${Math.round(unavailableMs)} ms. What stood there is kept as ${retained}.`;
}

/** Before anybody is asked, and for a dry run. */
async function assertAside(url: string, name: string): Promise<void> {
  const list = (await listRetained(url)).map((aside) => aside.name);
  if (list.includes(name)) return;
  throw new OperatorError(
    `No restore set a database ${name} aside; nothing was changed.`,
    list.length === 0 ? 'Nothing is kept aside.' : `There are: ${list.join(', ')}.`,
  );
}
