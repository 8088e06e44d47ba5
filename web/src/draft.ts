// A checked draft by keyboard: x ticks the sentence off, n and p go to what needs a look; print, and a shorter list.
import { needsLook, nextFit } from "./draft/steps.ts";

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(".draft-row")];
}

function here(all: readonly HTMLElement[]): number {
  return all.findIndex((one) => one.contains(document.activeElement));
}

function go(row: HTMLElement | undefined): void {
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "center" });
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

function bind(): void {
  for (const one of document.querySelectorAll<HTMLElement>("main [data-with-script]")) one.hidden = false;
  const list = document.querySelector(".draft-rows");
  const only = document.querySelector<HTMLInputElement>("[data-only]");
  if (only && list) list.classList.toggle("only", only.checked);
}

document.addEventListener("change", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.matches("[data-only]")) bind();
});
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const all = rows();
  const at = here(all);
  if (event.key === "x" && at >= 0) {
    event.preventDefault();
    all[at]?.querySelector<HTMLButtonElement>("[data-tick]")?.click();
  } else if ((event.key === "n" || event.key === "p") && all.length) {
    const fits = all.map((one) => needsLook(one.classList) && !one.classList.contains("ticked"));
    go(all[nextFit(fits, at, event.key === "n" ? 1 : -1)]);
  }
});
// The list comes when the check is done, and a row again when it was ticked: the focus stays on it.
let kept = "";
document.addEventListener("htmx:before:swap", () => {
  kept = document.activeElement?.closest(".draft-row")?.id ?? "";
});
document.addEventListener("htmx:after:swap", () => {
  bind();
  if (kept && !document.activeElement?.closest(".draft-row")) go(document.getElementById(kept) ?? undefined);
});
bind();
