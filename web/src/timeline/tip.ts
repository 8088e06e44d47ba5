// What a mark says when it is pointed at or focused: when, what, the line and its first words; Escape hides it.
import type { Mark } from "./data.ts";

export class Tip {
  readonly element = document.createElement("div");
  private timer = 0;

  private readonly root: HTMLElement;

  constructor(root: HTMLElement) {
    this.root = root;
    this.element.className = "tip";
    this.element.hidden = true;
    this.element.setAttribute("role", "tooltip");
    this.element.id = "mark-tip";
    this.element.addEventListener("pointerenter", () => clearTimeout(this.timer));
    this.element.addEventListener("pointerleave", () => this.hide());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.element.hidden = true;
    });
  }

  show(mark: Mark, anchor: Element): void {
    clearTimeout(this.timer);
    const entry = document.getElementById(mark.id);
    const line = entry?.querySelector(".line")?.textContent?.trim();
    const parts = [paragraph("when", mark.when), paragraph("told", mark.name)];
    if (line && !mark.name.includes(line)) parts.push(paragraph("line", line));
    const clash = entry?.querySelector(".clash")?.textContent?.trim();
    if (clash) parts.push(paragraph("clash", clash));
    this.element.replaceChildren(...parts);
    this.element.hidden = false;
    const [box, frame] = [anchor.getBoundingClientRect(), this.root.getBoundingClientRect()];
    const use = anchor.querySelector("use")?.getBoundingClientRect() ?? box;
    const width = this.element.offsetWidth;
    const left = Math.min(Math.max(0, use.left + use.width / 2 - frame.left - width / 2), frame.width - width);
    const above = use.top - frame.top - this.element.offsetHeight - 8;
    this.element.style.setProperty("left", `${Math.round(left)}px`);
    this.element.style.setProperty("top", `${Math.round(above > 0 ? above : use.bottom - frame.top + 8)}px`);
  }

  hide(after = 140): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => (this.element.hidden = true), after);
  }
}

function paragraph(className: string, text: string): HTMLParagraphElement {
  const made = document.createElement("p");
  made.className = className;
  made.textContent = text;
  return made;
}
