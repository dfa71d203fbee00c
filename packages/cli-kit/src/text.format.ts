/** `123 MB` */
export function formatMegabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** `90 s`, `12 min`, `30 h` */
export function formatDuration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** ISO 8601 → `2026-01-31 12:00 UTC` */
export function formatMinute(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}

/** How long ago a moment was, as {@link formatDuration} puts it. */
export function formatAge(time: string, now = Date.now()): string {
  return formatDuration(Math.max(0, (now - Date.parse(time)) / 1000));
}
