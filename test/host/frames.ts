/** The frames of one page, as `senderFrame` and `mainFrame` show them. */
import { toAppUrl } from './addresses.ts';

interface FrameFacts {
  readonly id: string;
  readonly parentId?: string;
  readonly url: string;
  readonly name?: string;
}

let nextRoutingId = 1;

export class Frame {
  readonly routingId = nextRoutingId++;
  readonly processId = 1;
  readonly id: string;
  readonly #tree: FrameTree;
  readonly #parentId: string | null;
  #url = 'about:blank';
  name = '';
  detached = false;

  constructor(tree: FrameTree, id: string, parentId: string | null) {
    this.#tree = tree;
    this.id = id;
    this.#parentId = parentId;
  }

  moveTo(url: string, name: string): void {
    this.#url = toAppUrl(url);
    this.name = name;
  }

  get frameTreeNodeId(): number {
    return this.routingId;
  }

  /** In the app's own terms: app://host/…, never the host's loopback address. */
  get url(): string {
    return this.#url;
  }

  get origin(): string {
    const { protocol, host, origin } = new URL(this.#url);
    return origin === 'null' && host !== '' ? `${protocol}//${host}` : origin;
  }

  get parent(): Frame | null {
    return this.#parentId === null ? null : this.#tree.get(this.#parentId);
  }

  get top(): Frame | null {
    return this.#tree.main;
  }

  get frames(): Frame[] {
    return this.#tree.childrenOf(this.id);
  }

  get framesInSubtree(): Frame[] {
    return [this, ...this.frames.flatMap((frame) => frame.framesInSubtree)];
  }

  isDestroyed(): boolean {
    return this.detached;
  }

  parentIs(id: string): boolean {
    return this.#parentId === id;
  }
}

export class FrameTree {
  readonly #frames = new Map<string, Frame>();
  main: Frame | null = null;

  get(id: string): Frame | null {
    return this.#frames.get(id) ?? null;
  }

  childrenOf(id: string): Frame[] {
    return [...this.#frames.values()].filter((frame) => frame.parentIs(id));
  }

  attach(id: string, parentId: string | null): Frame {
    const known = this.#frames.get(id);
    if (known) return known;
    const frame = new Frame(this, id, parentId);
    this.#frames.set(id, frame);
    if (parentId === null) this.main = frame;
    return frame;
  }

  navigated(facts: FrameFacts): Frame {
    const frame = this.attach(facts.id, facts.parentId ?? null);
    frame.moveTo(facts.url, facts.name ?? '');
    return frame;
  }

  detach(id: string): void {
    const frame = this.#frames.get(id);
    if (!frame) return;
    frame.detached = true;
    this.#frames.delete(id);
    for (const child of this.childrenOf(id)) this.detach(child.id);
  }
}
