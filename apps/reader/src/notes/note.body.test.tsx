import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { describe, expect, it, vi } from 'vitest';

vi.mock('./note.body.css', () => ({}));
const { NoteBody } = await import('./note.body.tsx');

type Named = { start: number; end: number; passage: string };
const html = (body: string, mentions: readonly Named[] = []) =>
  renderToStaticMarkup(
    <MemoryRouter>
      <NoteBody body={body} mentions={mentions} />
    </MemoryRouter>,
  );
/** A mention of the first occurrence of a text. */
const named = (body: string, text: string, passage: string): Named => {
  const start = body.indexOf(text);
  return { start, end: start + text.length, passage };
};

describe('what a note may not do', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '![x](https://example.org/pixel.png)',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '<a href="javascript:alert(1)">x</a>',
    '<iframe src="https://example.org"></iframe>',
    '<svg onload=alert(1)>',
    '<https://example.org/"onmouseover="alert(1)>',
    '[x](https://example.org "a\\" onclick=\\"alert(1)")',
  ])('%s', (body) => {
    const made = html(body);
    const tags = made.match(/<[^>]+>/g)?.join('') ?? '';
    expect(tags).not.toMatch(/<(script|img|iframe|svg|style|object)/i);
    expect(tags).not.toMatch(/(javascript|vbscript|data):/i);
    expect(tags.replace(/"[^"]*"/g, '')).not.toMatch(/\son\w+=/i);
  });
});

describe('what a note names', () => {
  it('leads to it, in whatever stands around', () => {
    const body = 'See **Alma 32:21** and\n\n- 1 Ne. 3:7';
    const made = html(body, [
      named(body, 'Alma 32:21', 'alma.32.21'),
      named(body, '1 Ne. 3:7', '1-ne.3.7'),
    ]);
    expect(made).toContain(
      '<strong><a href="/alma/32/21" data-discover="true">Alma 32:21</a></strong>',
    );
    expect(made).toContain('href="/1-ne/3/7"');
  });

  it.each(['[Alma 32:21](https://example.org)', '`Alma 32:21`', '    Alma 32:21'])(
    'not where it is a link or code already: %s',
    (body) =>
      expect(html(body, [named(body, 'Alma 32:21', 'alma.32.21')])).not.toContain('/alma/32'),
  );

  it('is left alone where the source and the text differ', () => {
    const body = 'a \\* b &amp; Alma 32:21';
    expect(html(body, [named(body, 'Alma 32:21', 'alma.32.21')])).toContain('Alma 32:21');
  });
});

it('keeps headings out of those of the page', () => {
  expect(html('# Faith')).toContain('<p class="note-heading">Faith</p>');
});
