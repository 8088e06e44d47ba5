// The text of an article: layers on and off, from a mark to its entry and back, keys, addresses of selected words.
import { chosen, codePoints, firstWhere, isLayer, LAYERS, layerOf, passage, stepped, switched, unitsOf, withLayers } from "./article/marks.ts";
import type { Layer } from "./article/marks.ts";

const LIT = "lit";
/** Height of what stands above the text while it is read. */
const MASTHEAD = 90;

class Reader {
  private readonly text: HTMLElement;
  private active: Layer[];
  private last: string | undefined;
  private stops: HTMLElement[] | undefined;

  constructor(text: HTMLElement) {
    this.text = text;
    this.active = LAYERS.filter((layer) => text.classList.contains(`show-${layer}`));
    text.classList.add("live");
  }

  // layers
  show(active: Layer[]): void {
    this.active = active;
    this.stops = undefined;
    for (const layer of LAYERS) this.text.classList.toggle(`show-${layer}`, active.includes(layer));
    for (const group of document.querySelectorAll<HTMLElement>("[data-group]"))
      group.hidden = !active.some((layer) => layer === group.dataset["group"]);
    history.replaceState(null, "", withLayers(location.search, active) + location.hash);
    for (const chip of document.querySelectorAll<HTMLAnchorElement>("[data-layer]")) {
      const name = chip.dataset["layer"] ?? "";
      const on = isLayer(name) ? active.includes(name) : active.length === 0;
      chip.classList.toggle("on", on);
      chip.setAttribute("aria-checked", String(on));
      chip.href = location.pathname + withLayers(location.search, switched(active, name));
    }
  }

  toggle(name: string): void {
    this.show(switched(this.active, name));
  }

  // from the text to the entries
  /** Light what is marked here and bring its entry into view; with `go`, the keyboard goes there as well. */
  open(mark: HTMLElement, go: boolean, stepping = false): void {
    const ref = chosen(refsOf(mark), this.active, go ? undefined : this.last);
    if (ref === undefined) return;
    this.light(ref);
    const entry = entryOf(ref);
    if (!entry) {
      // A long list is cut: all of it is another address.
      const all = document.querySelector<HTMLAnchorElement>(`[data-group="${layerOf(ref) ?? ""}"] a[href*="all=1"]`);
      if (all && !stepping) location.assign(`${all.href}#x-${ref}`);
      return;
    }
    entry.scrollIntoView({ block: "nearest" });
    if (go) entry.focus({ preventScroll: true });
  }

  light(ref: string | undefined): void {
    for (const one of document.querySelectorAll(`.${LIT}`)) one.classList.remove(LIT);
    CSS.highlights?.clear();
    this.last = ref;
    if (ref === undefined) return;
    for (const mark of this.marksOf(ref)) mark.classList.add(LIT);
    entryOf(ref)?.classList.add(LIT);
  }

  // from the entries to the text
  /** Bring the passage of an address into view; false where it leads to another article. */
  jump(address: string, entry: HTMLElement | null): boolean {
    const url = new URL(address, location.href);
    const place = passage(url.search);
    if (url.pathname !== location.pathname || !place) return false;
    const range = this.range(place[0], place[1]);
    if (!range) return false;
    this.light(entry?.dataset["entry"]);
    if (typeof Highlight === "function") CSS.highlights.set("place", new Highlight(range));
    const around = range.startContainer.parentElement ?? this.text;
    around.scrollIntoView({ block: "center" });
    return true;
  }

  private range(start: number, end: number): Range | undefined {
    const range = document.createRange();
    const walker = document.createTreeWalker(this.text, NodeFilter.SHOW_TEXT);
    let at = 0;
    let begun = false;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const words = node.nodeValue ?? "";
      const length = codePoints(words);
      if (!begun && start < at + length) {
        range.setStart(node, unitsOf(words, start - at));
        begun = true;
      }
      if (begun && end <= at + length) {
        range.setEnd(node, unitsOf(words, end - at));
        return range;
      }
      at += length;
    }
    return undefined;
  }

  // keys
  /** To the next mark of a layer that is shown; false where none is. */
  step(by: 1 | -1): boolean {
    this.stops ??= [...this.text.querySelectorAll<HTMLElement>("[data-m]")].filter((mark, index, all) => {
      const ref = chosen(refsOf(mark), this.active, undefined);
      const before = all[index - 1];
      return ref !== undefined && !(before?.nextSibling === mark && refsOf(before).includes(ref));
    });
    const stops = this.stops;
    if (!stops.length) return false;
    const focused = document.activeElement;
    let at = stops.findIndex((stop) => stop === focused);
    if (at < 0) {
      const below = firstWhere(stops.length, (place) => (stops[place]?.getBoundingClientRect().top ?? 0) > MASTHEAD);
      at = by > 0 ? below - 1 : below;
    }
    const stop = stops[stepped(at, by, stops.length)];
    if (!stop) return false;
    stop.tabIndex = -1;
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: "nearest" });
    this.last = undefined;
    this.open(stop, false, true);
    return true;
  }

  private marksOf(ref: string): NodeListOf<HTMLElement> {
    return this.text.querySelectorAll<HTMLElement>(`[data-m~="${CSS.escape(ref)}"]`);
  }

  /** The places of a selection within the text, in code points. */
  selected(): readonly [number, number] | undefined {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return undefined;
    const range = selection.getRangeAt(0);
    if (!this.text.contains(range.commonAncestorContainer)) return undefined;
    const before = document.createRange();
    before.setStart(this.text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = codePoints(before.toString());
    const words = range.toString();
    const lead = codePoints(words) - codePoints(words.trimStart());
    const length = codePoints(words.trim());
    return length ? [start + lead, start + lead + length] : undefined;
  }
}

function refsOf(mark: HTMLElement): string[] {
  return (mark.dataset["m"] ?? "").split(" ").filter(Boolean);
}

function entryOf(ref: string): HTMLElement | null {
  return document.getElementById(`x-${ref}`);
}

function bind(reader: Reader, text: HTMLElement): void {
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const chip = target.closest<HTMLElement>("[data-layer]");
    if (chip) {
      event.preventDefault();
      reader.toggle(chip.dataset["layer"] ?? "");
      return;
    }
    const mark = target.closest<HTMLElement>("#text [data-m]");
    if (mark && document.getSelection()?.isCollapsed !== false) {
      reader.open(mark, false);
      return;
    }
    const link = target.closest<HTMLAnchorElement>(".clipping-side a[href]");
    if (link && reader.jump(link.href, link.closest<HTMLElement>("[data-entry]"))) event.preventDefault();
  });
  // Before the keys of every page, which walk through lists with j and k as well.
  window.addEventListener(
    "keydown",
    (event) => {
      const focused = document.activeElement;
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
      if (focused instanceof HTMLElement && focused.matches("input, textarea, select, summary, button")) return;
      if (event.key === "j" || event.key === "k") {
        if (reader.step(event.key === "j" ? 1 : -1)) event.preventDefault();
      } else if (event.key === "Enter" && focused instanceof HTMLElement) {
        if (focused.matches("#text [data-m]")) {
          event.preventDefault();
          reader.open(focused, true);
        } else if (focused.matches("[data-entry]")) {
          event.preventDefault();
          focused.querySelector<HTMLAnchorElement>("a.who, a.page-of")?.click();
        }
      } else if (event.key === "Escape") reader.light(undefined);
    },
    { capture: true },
  );
  const bar = document.querySelector<HTMLElement>(".cite-bar");
  document.addEventListener("selectionchange", () => {
    if (bar) bar.hidden = reader.selected() === undefined;
  });
  bar?.querySelector("[data-cite]")?.addEventListener("click", () => {
    const place = reader.selected();
    if (!place) return;
    const address = new URL(location.href);
    address.searchParams.set("at", `${place[0]}-${place[1]}`);
    address.hash = "at";
    const written = address.href.replaceAll("%2C", ",");
    void navigator.clipboard?.writeText(written).catch(() => undefined);
    location.assign(written);
  });
  const follow = (): void => {
    const ref = /^#x-([a-z]\d+)$/.exec(location.hash)?.[1];
    const layer = ref && layerOf(ref);
    if (!ref || !layer) return;
    if (!text.classList.contains(`show-${layer}`)) reader.toggle(layer);
    reader.light(ref);
    entryOf(ref)?.scrollIntoView({ block: "nearest" });
  };
  window.addEventListener("hashchange", follow);
  // Paragraphs out of sight have no height of their own yet, so that a smooth way there would miss it.
  if (location.hash === "#at") document.getElementById("at")?.scrollIntoView({ block: "center", behavior: "instant" });
  follow();
}

const column = document.getElementById("text");
if (column) bind(new Reader(column), column);
