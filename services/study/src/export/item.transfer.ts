import type { ExportLine, StudyStored } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';
import { Conditions } from '../items/item.list.ts';
import type { ItemRepository } from '../items/item.repository.ts';
import type { ItemInput } from '../items/item.table.ts';
import type { Quota, Usage } from '../limits/quota.ts';
import { EventLoopYield } from './event-loop.yield.ts';
import { atLine, type Numbered } from './import.lines.ts';

/** A line of an export that holds an item. */
export type ItemLine = Extract<ExportLine, { id: string }>;

/** The result of adding lines. */
export interface Added {
  added: number;
  /** Ids of items that exist with other content and were left as they are. */
  kept: string[];
}

export interface ItemPage {
  lines: ItemLine[];
  /** Whether there are lines behind these. */
  more: boolean;
}

/** What an export holds in memory at a time: a reader may take it slowly, and others have theirs. */
const pageLimits = { rows: 200, bytes: 256 * 1024 };

/** Exports and imports items of one kind. */
export interface ItemTransfer {
  quota: Quota;
  /** Some lines in the order of their ids. @param after the last id already read */
  read(tx: Queries, userId: string, after: string | undefined): Promise<ItemPage>;
  /** @throws ProblemError invalid-input, naming the line */
  add(tx: Queries, userId: string, lines: readonly Numbered<ItemLine>[]): Promise<Added>;
  usage(tx: Queries, userId: string): Promise<Usage>;
}

/** The casts pair a line's type with its table's noun: contract and table use the same words. */
export function itemTransfer<Input extends ItemInput, Item extends StudyStored>(
  items: ItemRepository<Input, Item>,
  quota: Quota,
): ItemTransfer {
  const { table } = items;
  return {
    quota,
    usage: (tx, userId) => items.usage(tx, userId),

    async read(tx, userId, after) {
      const conditions = new Conditions();
      if (after !== undefined) conditions.and(`id > ${conditions.value(after)}::uuid`);
      conditions.text += ' ORDER BY id';
      const found = await items.page(tx, 'export', userId, conditions, pageLimits);
      const lines = found.items.map((item) => {
        const { id, version, createdAt, updatedAt } = item;
        const stored = { id, version, createdAt, updatedAt };
        return { type: table.noun, ...stored, ...table.contentOf(item) } as unknown as ItemLine;
      });
      return { lines, more: found.more };
    },

    async add(tx, userId, lines) {
      const eventLoop = new EventLoopYield();
      const all = [];
      for (const { number, line } of lines) {
        const { type: _, id, version, createdAt, updatedAt, ...content } = line;
        const input = content as unknown as Input;
        const stored = { id, version, createdAt, updatedAt };
        all.push({ stored, input, prepared: atLine(number, () => table.prepare(input)) });
        await eventLoop.ifDue();
      }
      const added = await items.addAll(tx, userId, all);
      const taken = all.filter(({ stored }) => !added.has(stored.id));
      if (taken.length === 0) return { added: added.size, kept: [] };
      const there = await items.findAll(
        tx,
        userId,
        taken.map(({ stored }) => stored.id),
      );
      const contents = new Map(
        there.map((item) => [item.id, JSON.stringify(table.contentOf(item))]),
      );
      const kept = taken
        .filter(({ stored, input }) => contents.get(stored.id) !== JSON.stringify(input))
        .map(({ stored }) => stored.id);
      return { added: added.size, kept };
    },
  };
}
