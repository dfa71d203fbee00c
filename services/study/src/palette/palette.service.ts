import { type HighlightColor, highlightColor, type PaletteResponse } from '@gospelib/contracts';
import type { StudyDatabase } from '../store/study.database.ts';
import { forgetColor, nameColor, readColors } from './palette.repository.ts';

/** A reader's names for the colours. */
export class Palette {
  readonly #store: StudyDatabase;

  constructor(store: StudyDatabase) {
    this.#store = store;
  }

  async get(userId: string): Promise<PaletteResponse> {
    const named = await this.#store.read(userId, 'palette get', (tx) => readColors(tx, userId));
    const labels = new Map(named.map(({ color, label }) => [color, label]));
    return {
      colors: highlightColor.options.map((color) => ({ color, label: labels.get(color) ?? null })),
    };
  }

  /** @param label null removes the name */
  name(userId: string, color: HighlightColor, label: string | null): Promise<void> {
    return this.#store.write(userId, 'palette name', (tx) =>
      label === null ? forgetColor(tx, userId, color) : nameColor(tx, userId, { color, label }),
    );
  }
}
