/** `Menu`, `MenuItem`, `Tray`: objects that tests can read and click; no pixels, no key dispatch. */
import { EventEmitter } from 'node:events';
import type { HostImage } from './native-image.ts';
import { record } from './records.ts';

interface ItemOptions {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly accelerator?: string;
  readonly enabled?: boolean;
  readonly visible?: boolean;
  readonly checked?: boolean;
  readonly submenu?: readonly (ItemOptions | MenuItem)[] | Menu;
  readonly click?: (item: MenuItem, window: unknown, event: object) => void;
}

export class MenuItem {
  readonly id: string;
  label: string;
  readonly role: string | undefined;
  readonly type: string;
  readonly accelerator: string | undefined;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly submenu: Menu | undefined;
  readonly #click: ItemOptions['click'];

  constructor(options: ItemOptions) {
    this.id = options.id ?? '';
    this.label = options.label ?? options.role ?? '';
    this.role = options.role;
    this.submenu =
      options.submenu instanceof Menu
        ? options.submenu
        : options.submenu && Menu.buildFromTemplate(options.submenu);
    this.type = options.type ?? (this.submenu ? 'submenu' : 'normal');
    this.accelerator = options.accelerator;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.#click = options.click;
  }

  click(window: unknown = null): void {
    if (this.type === 'checkbox') this.checked = !this.checked;
    if (this.enabled) this.#click?.(this, window, {});
  }
}

let applicationMenu: Menu | null = null;

export class Menu extends EventEmitter {
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: readonly (ItemOptions | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
    record('application-menu', { labels: menu?.items.map((item) => item.label) ?? [] });
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  append(item: MenuItem): void {
    this.items.push(item);
  }

  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item);
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }

  popup(options: { readonly callback?: () => void } = {}): void {
    record('menu-popup', { labels: this.items.map((item) => item.label) });
    options.callback?.();
  }

  closePopup(): void {
    record('menu-popup-closed');
  }
}

export class Tray extends EventEmitter {
  #destroyed = false;
  #toolTip = '';
  menu: Menu | null = null;

  constructor(icon: HostImage | string) {
    super();
    record('tray', { empty: typeof icon !== 'string' && icon.isEmpty() });
  }

  setImage(): void {
    record('tray-image');
  }

  setToolTip(toolTip: string): void {
    this.#toolTip = toolTip;
    record('tray-tooltip', { toolTip });
  }

  getToolTip(): string {
    return this.#toolTip;
  }

  setTitle(title: string): void {
    record('tray-title', { title });
  }

  setContextMenu(menu: Menu | null): void {
    this.menu = menu;
    record('tray-menu', { labels: menu?.items.map((item) => item.label) ?? [] });
  }

  popUpContextMenu(): void {
    record('tray-popup');
  }

  displayBalloon(options: object): void {
    record('tray-balloon', { options });
  }

  destroy(): void {
    this.#destroyed = true;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }
}
