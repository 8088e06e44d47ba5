// The map on its page: fetches what it shows, moves through time, and keeps the address and the list with it.
import htmx from "htmx.org";
import { having, over, same } from "../timeline/address.ts";
import { bounds, dayOf, daysIn, isWhole, within, type Stretch } from "../timeline/days.ts";
import { Strip } from "../timeline/strip.ts";
import { calm } from "../timeline/svg.ts";
import type { Answer, Frame, Place } from "./data.ts";
import { Chooser, Hint } from "./hint.ts";
import { Plane } from "./plane.ts";
import { Player } from "./player.ts";
import { atEnd, stepped } from "./time.ts";

const SETTLED = 280;
/** Answers that are kept, so that stepping back asks nobody. */
const KEPT = 40;

export class MapView {
  private answer: Answer | null = null;
  private frame: Frame | null = null;
  private whole: Stretch = { from: 0, to: 1 };
  private view: Stretch = { from: 0, to: 1 };
  private loaded = "";
  private settling = 0;
  private readonly kept = new Map<string, Answer>();
  private readonly hint = new Hint();
  private readonly chooser = new Chooser((id) => this.open(id));
  private readonly strip = new Strip((view, done) => this.choose(view, done));
  private readonly player = new Player(
    (by) => this.step(by),
    () => this.settle(0),
  );
  private readonly note = document.createElement("p");
  private readonly plane: Plane;
  private readonly time = document.createElement("div");

  private readonly root: HTMLElement;

  constructor(root: HTMLElement) {
    this.root = root;
    this.plane = new Plane(root, {
      address: (id) => having(this.list, { at: id }),
      open: (id) => this.open(id),
      choose: (places, anchor) => this.offer(places, anchor),
      point: (places, anchor) => this.hint.show(places, anchor),
      leave: () => this.hint.hide(),
    });
    this.note.className = "small muted note";
    this.note.hidden = true;
    this.time.className = "drawing time";
    this.time.append(this.strip.element, this.player.element);
    document.addEventListener("keydown", (event) => this.press(event));
    new ResizeObserver(() => this.resize()).observe(root);
    void this.begin();
  }

  /** Take up what a swap changed on the page: other filters, another place, other days. */
  refresh(): void {
    if (!same(this.source, this.loaded)) void this.load(this.source);
    else if (this.answer) this.plane.fill(this.answer, this.at);
  }

  private get source(): string {
    return this.root.dataset["src"] ?? "";
  }

  private get list(): string {
    return this.root.dataset["list"] ?? location.pathname;
  }

  private get at(): string {
    return new URLSearchParams(this.list.split("?")[1] ?? "").get("at") ?? "";
  }

  private async begin(): Promise<void> {
    await this.load(this.source);
  }

  private async load(source: string): Promise<void> {
    const before = this.loaded;
    this.loaded = source;
    const keeps = this.frame !== null && same(over(source, null), over(before, null));
    try {
      const answer = (keeps && this.kept.get(source)) || (await this.ask(source, keeps));
      if (source !== this.loaded) return;
      if (this.kept.size > KEPT) this.kept.clear();
      this.kept.set(source, answer);
      this.take(answer);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.note.textContent = this.root.dataset["failed"] ?? "";
      this.note.hidden = false;
      if (!this.note.isConnected) this.root.replaceChildren(this.note);
    }
  }

  private async ask(source: string, keeps: boolean): Promise<Answer> {
    const response = await fetch(having(source, { whole: keeps ? "0" : "1" }), { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    if (keeps) return (await response.json()) as Answer;
    const answer = (await response.json()) as Answer & Frame;
    if (!this.frame) await this.plane.begin(answer);
    this.kept.clear();
    this.frame = answer;
    this.whole = answer.span ? bounds(...answer.span) : this.whole;
    return answer;
  }

  private take(answer: Answer): void {
    const frame = this.frame;
    if (!frame) return;
    this.answer = answer;
    this.note.textContent = answer.places.length ? frame.labels.many : frame.labels.nothing;
    this.note.hidden = answer.places.length > 0 && answer.kinds;
    this.strip.label(frame.labels);
    this.player.label(frame.labels);
    if (this.plane.element.parentElement !== this.root)
      this.root.replaceChildren(this.plane.element, this.plane.beyond, this.hint.element, this.chooser.element, this.note, this.time);
    this.time.hidden = !frame.span;
    this.plane.resize();
    this.plane.fill(answer, this.at);
    const asked = new URLSearchParams(this.loaded.split("?")[1] ?? "");
    const [from, to] = [asked.get("from"), asked.get("to")];
    const wanted = { from: from ? dayOf(from) : this.whole.from, to: to ? dayOf(to) + 1 : this.whole.to };
    if (!this.player.playing) this.view = within(wanted, this.whole);
    this.resize();
    this.player.tell(this.view, this.whole, `${answer.drawn} ${frame.labels.events}`);
  }

  private resize(): void {
    if (!this.frame || !this.plane.element.isConnected || !this.root.clientWidth) return;
    this.plane.resize();
    if (!this.frame.span) return;
    this.strip.fill(this.frame.strip, this.whole, this.frame.labels.months, 0, this.root.clientWidth);
    this.strip.show(this.view);
  }

  private choose(view: Stretch, done: boolean): void {
    if (this.player.playing) this.player.stop();
    this.view = view;
    this.strip.show(view);
    if (done) this.settle(0);
    else this.settle();
  }

  /** Move the window by its length; the list follows when it has come to rest. */
  private async step(by: 1 | -1): Promise<boolean> {
    if (!this.frame?.span) return false;
    this.view = atEnd(this.view, this.whole) && by > 0 && this.player.playing ? stepped(this.whole, 1, this.whole) : stepped(this.view, by, this.whole);
    this.strip.show(this.view);
    const days = isWhole(this.view, this.whole) ? null : daysIn(this.view);
    this.root.dataset["src"] = over(this.source, days);
    this.root.dataset["list"] = over(this.list, days);
    await this.load(this.source);
    return !atEnd(this.view, this.whole);
  }

  /** When it has come to rest: the address, the places and the list follow. */
  private settle(after = SETTLED): void {
    clearTimeout(this.settling);
    this.settling = window.setTimeout(() => {
      const days = isWhole(this.view, this.whole) ? null : daysIn(this.view);
      const list = over(this.list, days);
      this.root.dataset["src"] = over(this.source, days);
      this.root.dataset["list"] = list;
      if (!same(this.source, this.loaded)) void this.load(this.source);
      const there = document.querySelector<HTMLElement>("#told")?.dataset["list"] ?? "";
      if (same(list, there)) return;
      history.replaceState({ htmx: true }, "", list);
      const quietly = { "X-Zoom": "1" };
      void htmx.ajax("GET", list, { source: this.root, target: "#told", select: "#told", swap: "outerMorph", headers: quietly });
    }, after);
  }

  /** Show the lines of a place beside the map. */
  private open(id: string): void {
    this.hint.hide();
    if (this.player.playing) this.player.stop();
    clearTimeout(this.settling);
    const address = having(this.list, { at: id });
    const shown = htmx.ajax("GET", address, { source: this.root, target: "#told", select: "#told", swap: "outerMorph" });
    void Promise.resolve(shown).then(() => {
      const here = document.querySelector<HTMLElement>("#here");
      here?.focus({ preventScroll: true });
      here?.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
    });
  }

  private offer(places: readonly Place[], anchor: SVGElement): void {
    this.hint.hide();
    this.chooser.open(this.frame?.labels.choose ?? "", places, anchor, (id) => having(this.list, { at: id }));
  }

  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !this.frame) return;
    const target = event.target;
    if (!(target instanceof Element) || target.matches("input, textarea, select") || document.querySelector("dialog[open]")) return;
    const everywhere: Record<string, () => void> = {
      "+": () => this.plane.zoomBy(2),
      "-": () => this.plane.zoomBy(0.5),
      "0": () => this.plane.whole(),
      ",": () => this.player.once(-1),
      ".": () => this.player.once(1),
    };
    const inside: Record<string, () => void> = {
      ArrowLeft: () => this.plane.panBy(-1, 0),
      ArrowRight: () => this.plane.panBy(1, 0),
      ArrowUp: () => this.plane.panBy(0, -1),
      ArrowDown: () => this.plane.panBy(0, 1),
      "=": () => this.plane.zoomBy(2),
      " ": () => this.player.press(),
      Escape: () => this.hint.hide(),
    };
    const within = this.plane.element.contains(target);
    const act = everywhere[event.key] ?? (within ? inside[event.key] : undefined);
    if (!act) return;
    if (event.key !== "Escape") event.preventDefault();
    act();
  }

  /** Buttons outside of the drawing. */
  command(name: string): void {
    if (name === "in") this.plane.zoomBy(2);
    else if (name === "out") this.plane.zoomBy(0.5);
    else this.plane.whole();
  }
}
