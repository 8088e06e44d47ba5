// Keyboard: elements say their own key (`data-key="g c"`); "?" lists them all. j and k walk through what can be walked.
const WALKED = "[data-walk]";

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"))
  );
}

function walk(step: 1 | -1): void {
  const stops = [...document.querySelectorAll<HTMLElement>(WALKED)].filter((one) => one.offsetParent !== null);
  if (!stops.length) return;
  const at = stops.findIndex((one) => one === document.activeElement || one.contains(document.activeElement));
  const next = stops[Math.min(stops.length - 1, Math.max(0, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function act(element: HTMLElement): void {
  if (element.matches("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select")) element.focus();
  else element.click();
}

export function bindKeys(): void {
  let prefix = "";
  let timer = 0;
  const help = document.querySelector<HTMLDialogElement>("#keys");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (typing(event.target)) {
      if (event.key === "Escape") (event.target as HTMLElement).blur();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "?" && help) {
      event.preventDefault();
      help.showModal();
      return;
    }
    if (event.key === "j" || event.key === "k") {
      walk(event.key === "j" ? 1 : -1);
      return;
    }
    const pressed = prefix ? `${prefix} ${event.key}` : event.key;
    const hit = [...document.querySelectorAll<HTMLElement>("[data-key]")].find(
      (one) => one.dataset["key"] === pressed && !(one as HTMLButtonElement).disabled,
    );
    clearTimeout(timer);
    prefix = "";
    if (hit) {
      event.preventDefault();
      act(hit);
    } else if ([...document.querySelectorAll<HTMLElement>("[data-key]")].some((one) => one.dataset["key"]?.startsWith(`${pressed} `))) {
      prefix = pressed;
      timer = window.setTimeout(() => (prefix = ""), 1200);
    }
  });
  for (const button of document.querySelectorAll<HTMLElement>("[data-opens]"))
    button.addEventListener("click", () => document.querySelector<HTMLDialogElement>(`#${button.dataset["opens"]}`)?.showModal());
}
