import type { HighlightColor, PaletteResponse } from '@gospelib/contracts';
import { useMemo } from 'react';
import { type Request, resources, useResource } from '../resource/use.resource.ts';
import { readStorage, writeStorage } from '../settings/storage.ts';
import { studyApi } from '../study/study.ts';
import { type ColorNames, PLAIN_NAMES, parseColor } from './colors.ts';

const NO_PALETTE: PaletteResponse = { colors: [] };

function paletteOf(account: string | undefined): Request<PaletteResponse> {
  return {
    key: `palette ${account ?? ''}`,
    load: async (signal) => (account === undefined ? NO_PALETTE : studyApi.palette({ signal })),
  };
}

/** The reader's names for the colours; the default names while loading and when not signed in. */
export function useColorNames(account: string | undefined): ColorNames {
  const palette = useResource(paletteOf(account));
  return useMemo(() => {
    const names: Record<HighlightColor, string> = { ...PLAIN_NAMES };
    if (palette.status !== 'ready') return names;
    for (const { color, label } of palette.value.colors) if (label) names[color] = label;
    return names;
  }, [palette]);
}

/** @throws ApiError, NetworkError or SignedOutError when the name was not saved */
export async function nameColor(
  account: string,
  color: HighlightColor,
  label: string | null,
): Promise<void> {
  await studyApi.nameColor(color, label);
  resources.retry(paletteOf(account).key);
}

const LAST = 'gospelib.color';

/** The colour last used on this device. */
export const readLastColor = (): HighlightColor => parseColor(readStorage(LAST)) ?? 'yellow';

export function rememberColor(color: HighlightColor): void {
  writeStorage(LAST, color);
}
