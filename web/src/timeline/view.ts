// The drawing on its page: fetches what it shows, zooms and moves, and keeps the address and the list with it.
import htmx from "htmx.org";
import { select, type Selection } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomBehavior } from "d3-zoom";
import { having, over, same } from "./address.ts";
import type { Answer, Bar, Mark } from "./data.ts";
import { bounds, CLOSEST, dayOf, daysIn, isWhole, within, zoomed, type Stretch } from "./days.ts";
import { keyed } from "./keys.ts";
import { drawLanes } from "./lanes.ts";
import { Strip } from "./strip.ts";
import { calm, set, svg } from "./svg.ts";
import { Tip } from "./tip.ts";

const WIDE = 640;
const NAMES = 138;
const SETTLED = 280;
const PAGE = 50;
const MOTION = 180;

/** The pattern of silences. */
function hatching(): SVGElement {
  const line = svg("path", { class: "hatch", d: "M-1 9L9 -1" });
  return svg("defs", {}, svg("pattern", { id: "silent", width: 8, height: 8, patternUnits: "userSpaceOnUse" }, line));
}

export class Timeline {
  private answer: Answer | null = null;
  private bars: Bar[] = [];
  private whole: Stretch = { from: 0, to: 1 };
  private view: Stretch = { from: 0, to: 1 };
  private loaded = "";
  private settling = 0;
  private drawing = 0;
  private moving = 0;
  private scrolled = 0;
  private left = 0;
  private width = 0;
  private tallest = 0;
  private readonly strip = new Strip((view, done) => this.choose(view, done));
  private readonly lanes = svg("g", { class: "lanes" });
  private readonly ground = svg("rect", { class: "catch", x: 0, y: 0 });
  private readonly plot = svg("g", { class: "plot" });
  private readonly main = svg("svg", { class: "timeline", role: "group", tabindex: 0 });
  private readonly note = document.createElement("p");
  private readonly tip: Tip;
  private readonly zooming: ZoomBehavior<SVGGElement, unknown>;
  private readonly plotted: Selection<SVGGElement, unknown, null, undefined>;

  private readonly root: HTMLElement;

  constructor(root: HTMLElement) {
    this.root = root;
    this.tip = new Tip(root);
    this.note.className = "small muted note";
    this.note.hidden = true;
    this.plot.append(this.ground, this.lanes);
    this.main.append(hatching(), this.plot);
    this.plotted = select(this.plot);
    this.zooming = zoom<SVGGElement, unknown>()
      .filter((event: Event) => this.takes(event))
      .duration(calm() ? 0 : MOTION)
      .on("zoom", (event: D3ZoomEvent<SVGGElement, unknown>) => {
        const { k, x } = event.transform;
        const length = this.whole.to - this.whole.from;
        const from = this.whole.from - ((x / k) * length) / this.width;
        this.view = { from, to: from + length / k };
        this.draw();
        if (event.sourceEvent) this.settle();
      });
    this.plotted.call(this.zooming);
    this.listen();
    new ResizeObserver(() => this.resize()).observe(root);
    void this.load(this.source);
  }

  /** Take up what a swap changed on the page: other filters, other lanes, other days. */
  refresh(): void {
    if (!same(this.source, this.loaded)) void this.load(this.source);
  }

  private get source(): string {
    return this.root.dataset["src"] ?? "";
  }

  /** The address of the list that this drawing stands beside. */
  private get list(): string {
    return this.root.dataset["list"] ?? location.pathname;
  }

  private async load(source: string): Promise<void> {
    this.loaded = source;
    const keeps = this.answer !== null && same(over(source, null), over(this.root.dataset["known"] ?? "", null));
    const columns = String(Math.max(8, Math.floor((this.root.clientWidth || 900) / 30)));
    try {
      const response = await fetch(having(source, { columns, strip: keeps ? "0" : "1" }), {
        headers: { Accept: "application/json" },
      });
      if (!response.ok) throw new Error(String(response.status));
      const answer = (await response.json()) as Answer;
      if (source !== this.loaded) return;
      this.root.dataset["known"] = source;
      this.take(answer, keeps);
    } catch (error) {
      if (!(error instanceof TypeError) && !(error instanceof Error)) throw error;
      this.note.textContent = this.root.dataset["failed"] ?? "";
      this.note.hidden = false;
    }
  }

  private take(answer: Answer, keeps: boolean): void {
    if (keeps && this.answer) answer.span ??= this.answer.span;
    if (!keeps) this.bars = answer.strip;
    this.answer = answer;
    this.note.hidden = true;
    if (!answer.span) {
      this.note.textContent = answer.labels.nothing;
      this.note.hidden = false;
      this.root.replaceChildren(this.note);
      return;
    }
    this.whole = bounds(...answer.span);
    const asked = new URLSearchParams(this.loaded.split("?")[1] ?? "");
    const [from, to] = [asked.get("from"), asked.get("to")];
    const wanted = {
      from: from ? dayOf(from) : this.whole.from,
      to: to ? dayOf(to) + 1 : this.whole.to,
    };
    this.view = within(wanted, this.whole);
    this.strip.label(answer.labels);
    set(this.main, { "aria-label": answer.labels.drawing });
    if (this.strip.element.parentElement !== this.root)
      this.root.replaceChildren(this.strip.element, this.main, this.tip.element, this.note);
    this.tallest = 0;
    this.resize();
  }

  private resize(): void {
    if (!this.answer?.span) return;
    const outer = this.root.clientWidth;
    if (!outer) return;
    this.left = outer >= WIDE ? NAMES : 0;
    this.width = outer - this.left;
    const whole: [[number, number], [number, number]] = [[0, 0], [this.width, 1]];
    this.zooming
      .extent(whole)
      .translateExtent(whole)
      .scaleExtent([1, Math.max(1, (this.whole.to - this.whole.from) / CLOSEST)]);
    set(this.plot, { transform: `translate(${this.left} 0)` });
    this.strip.fill(this.bars, this.whole, this.answer.labels.months, this.left, this.width);
    this.show(this.view);
  }

  /** Bring a stretch into view, without asking for its data. */
  private show(view: Stretch): void {
    const length = this.whole.to - this.whole.from;
    const k = length / (view.to - view.from);
    const x = (-(view.from - this.whole.from) / length) * this.width * k;
    this.zooming.transform(this.plotted, zoomIdentity.translate(x, 0).scale(k));
  }

  private draw(): void {
    cancelAnimationFrame(this.drawing);
    this.drawing = requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    if (!this.answer) return;
    const frame = { view: this.view, width: this.width, left: this.left };
    const needed = drawLanes(this.lanes, this.answer, frame, (first, last) => this.zoomTo(first, last));
    // While moving the drawing only grows: what stands below it must not jump.
    this.tallest = Math.max(this.tallest, needed);
    const height = this.settling ? this.tallest : needed;
    set(this.main, { viewBox: `0 0 ${this.left + this.width} ${height}`, width: this.left + this.width, height });
    set(this.ground, { width: this.width, height });
    this.strip.show(this.view);
  }

  private choose(view: Stretch, done: boolean): void {
    this.show(view);
    if (done) this.settle(0);
  }

  /** Move to a stretch, gently where motion is welcome. */
  private go(view: Stretch): void {
    cancelAnimationFrame(this.moving);
    const start = this.view;
    const began = performance.now();
    if (calm()) {
      this.show(view);
      this.settle();
      return;
    }
    const step = (now: number): void => {
      const part = Math.min(1, (now - began) / MOTION);
      const eased = 1 - (1 - part) ** 3;
      this.show({
        from: start.from + (view.from - start.from) * eased,
        to: start.to + (view.to - start.to) * eased,
      });
      if (part < 1) this.moving = requestAnimationFrame(step);
      else this.settle();
    };
    this.moving = requestAnimationFrame(step);
  }

  private zoomTo(first: number, last: number): void {
    const room = Math.max(1, (last - first) * 0.04);
    this.go(within({ from: first - room, to: last + room }, this.whole));
  }

  /** When it has come to rest: the address, the marks and the list follow. */
  private settle(after = SETTLED): void {
    clearTimeout(this.settling);
    this.settling = window.setTimeout(() => {
      this.settling = 0;
      this.tallest = 0;
      const days = isWhole(this.view, this.whole) ? null : daysIn(this.view);
      const list = over(this.list, days);
      if (same(list, this.list)) {
        this.draw();
        return;
      }
      const source = over(this.source, days);
      this.root.dataset["src"] = source;
      this.root.dataset["list"] = list;
      history.replaceState({ htmx: true }, "", list);
      void this.load(source);
      const quietly = { "X-Zoom": "1" };
      void htmx.ajax("GET", list, { source: this.root, target: "#told", select: "#told", swap: "outerMorph", headers: quietly });
    }, after);
  }

  /** The line of a mark: on this page of the list, or on the one where it stands. */
  private open(mark: Mark): void {
    const entry = document.getElementById(mark.id);
    if (!entry) {
      const offset = Math.floor(mark.n / PAGE) * PAGE;
      location.assign(`${having(this.list, { offset: String(offset) })}#${encodeURIComponent(mark.id)}`);
      return;
    }
    for (const one of document.querySelectorAll(".entry.lit")) one.classList.remove("lit");
    entry.classList.add("lit");
    entry.focus({ preventScroll: true });
    entry.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  }

  private takes(event: Event): boolean {
    if (event instanceof MouseEvent && !(event instanceof WheelEvent)) return event.button === 0 && !event.ctrlKey;
    // Somebody who scrolls the page shall not be caught by the drawing that passes under the pointer.
    if (event instanceof WheelEvent) return event.timeStamp - this.scrolled > 350;
    return true;
  }

  private markOf(target: EventTarget | null): [Mark, SVGElement] | null {
    const element = target instanceof Element ? target.closest<SVGAElement>("a.mark") : null;
    const mark = element && this.answer?.marks.find((one) => one.id === element.dataset["id"]);
    return element && mark ? [mark, element] : null;
  }

  private listen(): void {
    addEventListener("scroll", () => (this.scrolled = performance.now()), { passive: true });
    this.main.addEventListener("click", (event) => {
      const hit = this.markOf(event.target);
      // With Enter (no pointer) a mark opens the page of its event; pointed at, it leads to its line.
      if (!hit || event.detail === 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.open(hit[0]);
    });
    const pointed = (event: Event): void => {
      const hit = this.markOf(event.target);
      if (hit) this.tip.show(...hit);
      for (const one of document.querySelectorAll(".entry.near")) one.classList.remove("near");
      if (hit) document.getElementById(hit[0].id)?.classList.add("near");
    };
    for (const name of ["pointerover", "focusin"]) this.main.addEventListener(name, pointed);
    for (const name of ["pointerout", "focusout"]) this.main.addEventListener(name, () => this.tip.hide());
    for (const name of ["pointerover", "focusin"])
      document.addEventListener(name, (event) => {
        const entry = event.target instanceof Element ? event.target.closest(".entry") : null;
        this.light(entry?.id ?? "");
      });
    document.addEventListener("keydown", (event) => this.press(event));
  }

  /** Show which mark is that of a line. */
  private light(id: string): void {
    for (const one of this.lanes.querySelectorAll(".lit")) if (one.getAttribute("data-id") !== id) one.classList.remove("lit");
    if (!id) return;
    const found = this.lanes.querySelector(`[data-id="${CSS.escape(id)}"], [data-marks~="${CSS.escape(id)}"]`);
    found?.classList.add("lit");
  }

  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !this.answer?.span) return;
    const target = event.target;
    if (!(target instanceof Element) || target.matches("input, textarea, select") || document.querySelector("dialog[open]"))
      return;
    const wanted = keyed(event.key, this.view, this.whole, this.root.contains(target), this.current());
    if (wanted) this.go(wanted);
    else if (event.key === "[" || event.key === "]") this.step(event.key === "[" ? -1 : 1);
    else return;
    event.preventDefault();
  }

  /** The day of the mark that is focused, which stays where it is when one zooms. */
  private current(): number | undefined {
    const focused = document.activeElement;
    const x = focused && this.lanes.contains(focused) ? Number(focused.getAttribute("data-x")) : NaN;
    return Number.isNaN(x) ? undefined : this.view.from + (x / this.width) * (this.view.to - this.view.from);
  }

  private step(by: 1 | -1): void {
    const stops = [...this.lanes.querySelectorAll<SVGElement>("[data-x]")].sort(
      (a, b) => Number(a.dataset["x"]) - Number(b.dataset["x"]) || Number(a.dataset["y"]) - Number(b.dataset["y"]),
    );
    if (!stops.length) return;
    const now = stops.findIndex((one) => one === document.activeElement);
    const next = now < 0 ? (by > 0 ? 0 : stops.length - 1) : Math.min(stops.length - 1, Math.max(0, now + by));
    stops[next]?.focus({ preventScroll: false });
  }

  /** Buttons outside of the drawing that zoom it. */
  command(name: string): void {
    if (name === "in") this.go(zoomed(this.view, 2, this.whole));
    else if (name === "out") this.go(zoomed(this.view, 0.5, this.whole));
    else this.go(this.whole);
  }
}

