// The filters beside the list: how much there is of each choice is asked for when a group is open, and follows the list.
import htmx from "htmx.org";
import { having } from "./address.ts";

/** Groups of filters that somebody opened or closed: an exchange of the page must not undo it. */
const opened = new Map<string, boolean>();
const filled = new WeakMap<Element, string>();

/** The address under which the list asks now. */
function asked(): string {
  return document.querySelector<HTMLElement>("#told")?.dataset["list"] ?? "";
}

/** Let the choices of a group say how many lines of the list there are of each. */
function fill(box: HTMLElement): void {
  const [, query = ""] = asked().split("?");
  const address = having(query ? `/chronicle/choices?${query}` : "/chronicle/choices", { group: box.dataset["choices"] ?? "" });
  if (filled.get(box) === address) return;
  filled.set(box, address);
  void htmx.ajax("GET", address, { source: box, target: box, swap: "innerMorph" });
}

/** After the choices of a group were exchanged: a morph leaves ticked what was ticked. */
export function tickAsTold(box: HTMLElement): void {
  for (const input of box.querySelectorAll<HTMLInputElement>("input")) input.checked = input.defaultChecked;
}

function follow(): void {
  for (const group of document.querySelectorAll<HTMLDetailsElement>("#filters details[data-name]")) {
    const box = group.querySelector<HTMLElement>("[data-choices]");
    if (box && (group.open || filled.has(box) || box.querySelector("input:checked"))) fill(box);
  }
}

/** What is typed and chosen beside the groups, as the address has it. */
function restate(): void {
  const wanted = new URLSearchParams(asked().split("?")[1] ?? "");
  for (const name of ["from", "to", "q"])
    for (const input of document.querySelectorAll<HTMLInputElement>(`#filters input[name=${name}]`))
      if (input !== document.activeElement) input.value = wanted.get(name) ?? "";
  for (const input of document.querySelectorAll<HTMLInputElement>("#filters input[list]")) input.value = "";
  for (const name of ["lanes"])
    for (const input of document.querySelectorAll<HTMLInputElement>(`#filters input[name=${name}]`)) {
      input.value = wanted.get(name) ?? "";
      input.disabled = !input.value;
    }
  const chosen = document.querySelectorAll(".chips.chosen li").length - 1;
  for (const told of document.querySelectorAll(".panel > summary .n")) told.textContent = chosen > 0 ? String(chosen) : "";
}

export function bindPanel(): void {
  if (!document.querySelector("#filters")) return;
  if (matchMedia("(max-width: 62rem)").matches) opened.set("panel", false);
  document.addEventListener("click", (event) => {
    const summary = event.target instanceof Element ? event.target.closest("summary") : null;
    const group = summary?.parentElement;
    if (group instanceof HTMLDetailsElement && group.dataset["name"]) opened.set(group.dataset["name"], !group.open);
  });
  document.addEventListener(
    "toggle",
    (event) => {
      const box = event.target instanceof HTMLDetailsElement && event.target.open && event.target.querySelector<HTMLElement>("[data-choices]");
      if (box) fill(box);
    },
    true,
  );
  for (const group of document.querySelectorAll<HTMLDetailsElement>("details[data-name]"))
    group.open = opened.get(group.dataset["name"] ?? "") ?? group.open;
  follow();
}

/** After the list was exchanged. */
export function followList(): void {
  if (!document.querySelector("#filters")) return;
  restate();
  follow();
}
