// What a mark of the map says when it is pointed at or focused; and the places to choose from that lie on one spot.
import type { Place } from "./data.ts";

export class Hint {
  readonly element = document.createElement("div");

  constructor() {
    this.element.className = "tip";
    this.element.id = "place-tip";
    this.element.hidden = true;
    this.element.setAttribute("role", "tooltip");
  }

  show(places: readonly Place[], anchor: Element): void {
    const lines = places.slice(0, 6).map((one) => {
      const line = document.createElement("p");
      const name = document.createElement("b");
      name.textContent = one.name;
      line.append(name, ` ${one.precision} · ${one.counted}`);
      return line;
    });
    if (places.length > 6) lines.push(Object.assign(document.createElement("p"), { textContent: "…" }));
    this.element.replaceChildren(...lines);
    this.element.hidden = false;
    beside(this.element, anchor);
  }

  hide(): void {
    this.element.hidden = true;
  }
}

export class Chooser {
  readonly element = document.createElement("div");
  private opener: SVGElement | null = null;

  constructor(choose: (id: string) => void) {
    this.element.className = "tip chooser";
    this.element.hidden = true;
    this.element.setAttribute("role", "group");
    this.element.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-id]") : null;
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.close();
      choose(link.dataset["id"] ?? "");
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.opener?.focus();
      this.close();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!this.element.contains(event.target as Node)) this.close();
    });
  }

  open(title: string, places: readonly Place[], anchor: SVGElement, address: (id: string) => string): void {
    this.opener = anchor;
    this.element.setAttribute("aria-label", title);
    const links = places.map((one) => {
      const link = document.createElement("a");
      link.href = address(one.id);
      link.dataset["id"] = one.id;
      const name = document.createElement("b");
      name.textContent = one.name;
      link.append(name, ` ${one.precision} · ${one.counted}`);
      return link;
    });
    this.element.replaceChildren(...links);
    this.element.hidden = false;
    beside(this.element, anchor);
    links[0]?.focus({ preventScroll: true });
  }

  close(): void {
    this.element.hidden = true;
  }
}

/** Put a box above or below what it is about, within the drawing. */
function beside(box: HTMLElement, anchor: Element): void {
  const frame = box.parentElement?.getBoundingClientRect();
  if (!frame) return;
  const at = anchor.getBoundingClientRect();
  const left = Math.min(Math.max(0, at.left + at.width / 2 - frame.left - box.offsetWidth / 2), frame.width - box.offsetWidth);
  const above = at.top - frame.top - box.offsetHeight - 6;
  box.style.setProperty("left", `${Math.round(left)}px`);
  box.style.setProperty("top", `${Math.round(above > 0 ? above : at.bottom - frame.top + 6)}px`);
}
