import { type HighlightColor, highlightColor, type PaletteResponse } from '@gospelib/contracts';
import type { StudyDatabase } from '../store/study.database.ts';
import { forgetColor, nameColor, readColors } from './palette.repository.ts';

/** What one reader calls the colours. */
export class Palette {
  readonly #store: StudyDatabase;

  constructor(store: StudyDatabase) {
    this.#store = store;
  }

  async get(userId: string): Promise<PaletteResponse> {
    const named = await this.#store.as(userId, 'palette get', (rows) => readColors(rows, userId));
    const labels = new Map(named.map(({ color, label }) => [color, label]));
    return {
      colors: highlightColor.options.map((color) => ({ color, label: labels.get(color) ?? null })),
    };
  }

  /** @param label null takes the name away */
  name(userId: string, color: HighlightColor, label: string | null): Promise<void> {
    return this.#store.as(userId, 'palette name', (rows) =>
      label === null ? forgetColor(rows, userId, color) : nameColor(rows, userId, { color, label }),
    );
  }
}
