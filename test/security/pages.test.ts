import { describe, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({ protocol: {} }));
const { isOwnPage } = await import('../../src/main/desktop/pages.ts');

/** SECURITY line 5: parsed origins are compared, never prefixes. */
describe('our own page', () => {
  it.each(['app://eletter/', 'app://eletter/index.html', 'app://eletter/index.html#x'])('%s is', (url) => {
    expect(isOwnPage(url)).toBe(true);
  });

  it.each([
    '',
    'index.html',
    'app://eletter.evil/index.html',
    'app://eletter@evil/index.html',
    'app://user:pw@eletter/index.html',
    'app://evil/eletter',
    'apps://eletter/index.html',
    'app:eletter/index.html',
    'https://eletter/index.html',
    'file:///eletter/index.html',
    'javascript:app://eletter/',
    'data:text/html,app://eletter/',
  ])('%s is not', (url) => {
    expect(isOwnPage(url)).toBe(false);
  });
});
