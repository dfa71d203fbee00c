/** Student's t for a two-sided 95 % interval, by the number of values less one. */
const student = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14];

export interface Confidence {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The 95 % interval of the mean of a few independent values. @throws RangeError for fewer than two */
export function confidence(values: readonly number[]): Confidence {
  const free = values.length - 1;
  if (free < 1) throw new RangeError('one value has no interval: give more rounds');
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / free;
  const half = (student[free - 1] ?? 1.96) * Math.sqrt(variance / values.length);
  return { mean, low: mean - half, high: mean + half };
}
