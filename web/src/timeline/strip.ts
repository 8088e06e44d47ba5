// The strip above: how much there is of each time over the whole period, and the window that is shown below.
import type { Bar, Labels } from "./data.ts";
import { daysIn, dayOf, moved, ticks, within, type Stretch } from "./days.ts";
import { set, svg } from "./svg.ts";

const HEIGHT = 46;
const AXIS = 16;
const GRIP = 24;

type Grip = "from" | "to" | "window";

function grip(name: Grip): SVGGElement {
  return svg(
    "g",
    { class: "grip", role: "slider", tabindex: 0, "data-grip": name },
    svg("rect", { class: "reach", x: -GRIP / 2, y: 0, width: GRIP, height: HEIGHT }),
    svg("rect", { class: "handle", x: -3, y: HEIGHT / 2 - 11, width: 6, height: 22, rx: 3 }),
  );
}

export class Strip {
  readonly element = svg("svg", { class: "strip", height: HEIGHT + AXIS, role: "group" });
  private bars: readonly Bar[] = [];
  private view: Stretch = { from: 0, to: 1 };
  private whole: Stretch = { from: 0, to: 1 };
  private width = 1;
  private left = 0;
  private readonly bed = svg("g", { "aria-hidden": "true" });
  private readonly pane = svg("rect", { class: "pane", y: 0, height: HEIGHT, "data-grip": "window" });
  private readonly grips = { from: grip("from"), to: grip("to") };

  private readonly choose: (view: Stretch, done: boolean) => void;

  constructor(choose: (view: Stretch, done: boolean) => void) {
    this.choose = choose;
    this.grips.from.addEventListener("keydown", (event) => this.nudge(event, true));
    this.grips.to.addEventListener("keydown", (event) => this.nudge(event, false));
    this.element.append(this.bed, this.pane, this.grips.from, this.grips.to);
    this.element.addEventListener("pointerdown", (event) => this.drag(event));
  }

  label(labels: Labels): void {
    set(this.element, { "aria-label": labels.strip });
    set(this.grips.from, { "aria-label": labels.from });
    set(this.grips.to, { "aria-label": labels.to });
  }

  fill(bars: readonly Bar[], whole: Stretch, months: readonly string[], left: number, width: number): void {
    [this.bars, this.whole, this.left, this.width] = [bars, whole, left, width];
    set(this.element, { viewBox: `0 0 ${left + width} ${HEIGHT + AXIS}`, width: left + width });
    const highest = Math.max(1, ...bars.map((bar) => bar[2]));
    const drawn: SVGElement[] = [svg("rect", { class: "ground", x: left, y: 0, width, height: HEIGHT })];
    for (const [first, last, count] of bars) {
      const [start, end] = [this.x(dayOf(first)), this.x(dayOf(last) + 1)];
      const height = Math.max(2, ((HEIGHT - 6) * count) / highest);
      const gap = end - start > 4 ? 1 : 0;
      drawn.push(svg("rect", { class: "bar", x: start, y: HEIGHT - height, width: Math.max(1.5, end - start - gap), height }));
    }
    let free = -Infinity;
    for (const tick of ticks(whole, Math.max(3, width / 62), months)) {
      const x = this.x(tick.day);
      drawn.push(svg("line", { class: "tick", x1: x, x2: x, y1: HEIGHT, y2: HEIGHT + 4 }));
      if (x < free || x + 30 > left + width) continue;
      drawn.push(svg("text", { x: x + 3, y: HEIGHT + 13, class: tick.major ? "major" : null }, tick.label));
      free = x + 34;
    }
    this.bed.replaceChildren(...drawn);
    this.show(this.view);
  }

  show(view: Stretch): void {
    this.view = view;
    const [start, end] = [this.x(view.from), this.x(view.to)];
    set(this.pane, { x: start, width: Math.max(0, end - start) });
    set(this.grips.from, { transform: `translate(${start} 0)` });
    set(this.grips.to, { transform: `translate(${end} 0)` });
    const [first, last] = daysIn(view);
    const range = { "aria-valuemin": Math.round(this.whole.from), "aria-valuemax": Math.round(this.whole.to) };
    set(this.grips.from, { ...range, "aria-valuenow": Math.round(view.from), "aria-valuetext": first });
    set(this.grips.to, { ...range, "aria-valuenow": Math.round(view.to), "aria-valuetext": last });
    for (const [n, bar] of [...this.bed.querySelectorAll(".bar")].entries()) {
      const days = this.bars[n];
      const shown = days && dayOf(days[0]) < view.to && dayOf(days[1]) + 1 > view.from;
      bar.classList.toggle("shown", Boolean(shown));
    }
  }

  private x(day: number): number {
    return this.left + ((day - this.whole.from) / (this.whole.to - this.whole.from)) * this.width;
  }

  private day(event: PointerEvent): number {
    const box = this.element.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * (this.left + this.width);
    return this.whole.from + ((x - this.left) / this.width) * (this.whole.to - this.whole.from);
  }

  private drag(event: PointerEvent): void {
    if (event.button !== 0) return;
    const held = event.target instanceof Element ? event.target.closest("[data-grip]") : null;
    const grip = (held?.getAttribute("data-grip") ?? null) as Grip | null;
    const start = this.day(event);
    const before = this.view;
    let changed = false;
    const chosen = (now: number): Stretch => {
      if (grip === "window") return moved(before, now - start, this.whole);
      if (grip === "from") return within({ from: Math.min(now, before.to - 1), to: before.to }, this.whole);
      if (grip === "to") return within({ from: before.from, to: Math.max(now, before.from + 1) }, this.whole);
      return within({ from: Math.min(start, now), to: Math.max(start, now) }, this.whole);
    };
    const move = (next: PointerEvent): void => {
      if (!changed && Math.abs(next.clientX - event.clientX) < 3) return;
      changed = true;
      this.choose(chosen(this.day(next)), false);
    };
    const end = (): void => {
      this.element.removeEventListener("pointermove", move);
      this.element.removeEventListener("pointerup", end);
      this.element.removeEventListener("pointercancel", end);
      if (changed) this.choose(this.view, true);
      else if (!grip) this.choose(moved(before, start - (before.from + before.to) / 2, this.whole), true);
    };
    event.preventDefault();
    this.element.setPointerCapture(event.pointerId);
    this.element.addEventListener("pointermove", move);
    this.element.addEventListener("pointerup", end);
    this.element.addEventListener("pointercancel", end);
  }

  private nudge(event: KeyboardEvent, from: boolean): void {
    const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const days = step * Math.max(1, (this.view.to - this.view.from) * 0.05);
    const { from: first, to: last } = this.view;
    this.choose(within(from ? { from: first + days, to: last } : { from: first, to: last + days }, this.whole), true);
  }
}
