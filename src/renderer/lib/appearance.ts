/** Theme and density: the only things the page itself remembers, and nothing personal among them. */
import { create } from 'zustand';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
export const densities = ['normal', 'compact'] as const;
export type Density = (typeof densities)[number];

interface Appearance {
  readonly theme: Theme;
  readonly density: Density;
}

const key = 'appearance';

function remembered(): Appearance {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    const of = (name: string): unknown =>
      typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined;
    return {
      theme: themes.find((t) => t === of('theme')) ?? 'system',
      density: densities.find((d) => d === of('density')) ?? 'normal',
    };
  } catch {
    return { theme: 'system', density: 'normal' };
  }
}

export const useAppearance = create<Appearance>()(() => ({ theme: 'system', density: 'normal' }));

export function setAppearance(part: Partial<Appearance>): void {
  useAppearance.setState(part);
  const { theme, density } = useAppearance.getState();
  show({ theme, density });
  try {
    localStorage.setItem(key, JSON.stringify({ theme, density }));
  } catch {
    // Storage may be switched off: the choice then lasts until the window closes.
  }
}

function show({ theme, density }: Appearance): void {
  document.documentElement.dataset['theme'] = theme;
  document.documentElement.dataset['density'] = density;
}

export function startAppearance(): void {
  const appearance = remembered();
  useAppearance.setState(appearance);
  show(appearance);
}
