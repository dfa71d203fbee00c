/** Delay after loading, ms: the page itself comes first. */
const AFTER_LOAD = 1_000;

type Asked = Pick<Navigator, 'doNotTrack'> & { readonly globalPrivacyControl?: boolean };

/** Whether a reader asked not to be followed: https://www.w3.org/TR/gpc/ and its forerunner. */
export function asksForPrivacy({ doNotTrack, globalPrivacyControl }: Asked): boolean {
  return globalPrivacyControl === true || doNotTrack === '1';
}

/**
 * Sends what happens in the page to the operator, where the server named an address and the reader has nothing against
 * it. Before the page is painted nothing is loaded for it.
 */
export function startTelemetry(): void {
  const { content, dataset } =
    document.querySelector<HTMLMetaElement>('meta[name=telemetry]') ?? {};
  if (!content || asksForPrivacy(navigator)) return;
  const load = async () => {
    const { collectSignals } = await import('./page.signals.ts');
    collectSignals(content, dataset?.release ?? 'unknown');
  };
  // What cannot be loaded is not missed by anybody who reads.
  const wait = () => setTimeout(() => void load().catch(() => undefined), AFTER_LOAD);
  if (document.readyState === 'complete') wait();
  else addEventListener('load', wait, { once: true });
}
