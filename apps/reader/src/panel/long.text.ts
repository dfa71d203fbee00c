/** The length that is read at a glance, in characters. */
const GLANCE = 500;

export type LongTextParts = {
  readonly paragraphs: readonly string[];
  /** The paragraphs that are read at a glance, the last one perhaps cut after a sentence; all if they are short. */
  readonly beginning: readonly string[];
};

export function splitLong(text: string): LongTextParts {
  const paragraphs = text
    .split(/\n+/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean);
  const beginning: string[] = [];
  let room = GLANCE;
  for (const paragraph of paragraphs) {
    if (room <= 0) break;
    beginning.push(paragraph.length <= room * 1.5 ? paragraph : cutSentence(paragraph, room));
    room -= paragraph.length;
  }
  const last = beginning.length - 1;
  const whole = beginning.length === paragraphs.length && beginning[last] === paragraphs[last];
  return { paragraphs, beginning: whole ? paragraphs : beginning };
}

/** The sentences that fit; if not even one does, the words that fit. */
function cutSentence(text: string, room: number): string {
  const start = text.slice(0, room);
  const end = Math.max(start.lastIndexOf('. '), start.lastIndexOf('; '));
  return `${start.slice(0, end > 0 ? end + 1 : Math.max(start.lastIndexOf(' '), 1))} …`;
}
