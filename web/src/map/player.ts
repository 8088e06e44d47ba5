// The row below the strip: play, step back and forward, and the days that the map shows.
import { calm } from "../timeline/svg.ts";
import type { Labels } from "./data.ts";
import { daysIn, isWhole, type Stretch } from "../timeline/days.ts";

/** Milliseconds that a window stays while playing. */
const BEAT = 1400;

export class Player {
  readonly element = document.createElement("div");
  private readonly toggle = button("▶");
  private readonly told = document.createElement("output");
  private timer = 0;
  private labels: Labels | null = null;

  private readonly step: (by: 1 | -1) => Promise<boolean>;
  private readonly stopped: () => void;

  /** `step` moves the window and says whether there is a next one; `stopped` is told when playing ends. */
  constructor(step: (by: 1 | -1) => Promise<boolean>, stopped: () => void) {
    [this.step, this.stopped] = [step, stopped];
    this.element.className = "player";
    this.toggle.addEventListener("click", () => this.press());
    // Where motion is not welcome one steps by hand.
    this.toggle.hidden = calm();
    const [back, forth] = [button("‹", "back"), button("›", "forth")];
    back.addEventListener("click", () => this.once(-1));
    forth.addEventListener("click", () => this.once(1));
    this.element.append(this.toggle, back, forth, this.told);
  }

  label(labels: Labels): void {
    this.labels = labels;
    this.toggle.setAttribute("aria-label", this.playing ? labels.pause : labels.play);
    for (const one of this.element.querySelectorAll<HTMLButtonElement>("[data-step]"))
      one.setAttribute("aria-label", one.dataset["step"] === "back" ? labels.back : labels.forth);
  }

  get playing(): boolean {
    return this.timer !== 0;
  }

  press(): void {
    if (this.playing) this.stop();
    else if (!calm()) void this.beat();
  }

  once(by: 1 | -1): void {
    if (this.playing) this.stop();
    void this.step(by).then(() => this.stopped());
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    this.face();
    this.stopped();
  }

  private async beat(): Promise<void> {
    this.timer = -1;
    this.face();
    const more = await this.step(1);
    if (!this.playing) return;
    if (more) this.timer = window.setTimeout(() => void this.beat(), BEAT);
    else this.stop();
  }

  private face(): void {
    this.toggle.textContent = this.playing ? "❚❚" : "▶";
    this.told.setAttribute("aria-live", this.playing ? "off" : "polite");
    if (this.labels) this.label(this.labels);
  }

  /** Tell which days are shown, and how much there is of them. */
  tell(view: Stretch, whole: Stretch, counted: string): void {
    if (!this.labels) return;
    const form = new Intl.DateTimeFormat(this.labels.lang, { day: "numeric", month: "numeric", year: "numeric", timeZone: "UTC" });
    const days = isWhole(view, whole) ? null : daysIn(view).map((day) => form.format(new Date(`${day}T00:00:00Z`)));
    this.told.textContent = days ? `${days.join(" – ")}: ${counted}` : counted;
  }
}

function button(face: string, step = ""): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = face;
  if (step) made.dataset["step"] = step;
  return made;
}
