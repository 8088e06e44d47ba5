// The review: what an answer still needs is asked for at once, an article opened beside it shows its sentence, and
// the list chooses all its rows together. Keys are those that the buttons say (see keys.ts).
import { isAsks, missing, share } from "./review/answers.ts";

const field = (form: HTMLFormElement, name: string): HTMLInputElement | null =>
  form.querySelector<HTMLInputElement>(`input[name="${name}"]:not([type="hidden"])`);

document.addEventListener(
  "click",
  (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("button[data-asks]") : null;
    const asks = button?.dataset["asks"];
    if (!button?.form || !isAsks(asks)) return;
    const lacking = missing(asks, field(button.form, "note")?.value ?? "", field(button.form, "q")?.value ?? "");
    if (!lacking) return;
    event.preventDefault();
    event.stopPropagation();
    field(button.form, lacking)?.focus();
  },
  true,
);

document.addEventListener("keydown", (event) => {
  // Enter in a field that an answer asked for gives that answer, not the first one.
  const input = event.target;
  if (event.key !== "Enter" || !(input instanceof HTMLInputElement) || !input.form?.matches("#answers")) return;
  event.preventDefault();
  const wanted = input.name === "q" ? "name" : "note";
  const button = input.form.querySelector<HTMLButtonElement>(`button[data-asks="${wanted}"]`);
  if (button && input.value.trim()) button.click();
  else input.blur();
});

document.addEventListener("htmx:after:swap", () => {
  const panel = document.querySelector<HTMLElement>("#text");
  const mark = panel?.querySelector<HTMLElement>("#at");
  if (!panel || !mark || panel.dataset["shown"] === mark.textContent) return;
  panel.dataset["shown"] = mark.textContent;
  const inside = panel.scrollHeight > panel.clientHeight + 1;
  // Where the panel stands below the question, the page does not jump: whoever wants to read goes there.
  if (inside) panel.scrollTop += mark.getBoundingClientRect().top - panel.getBoundingClientRect().top - panel.clientHeight / 3;
});

const every = document.querySelector<HTMLInputElement>("input[data-all]");
const picks = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>('.rows input[name="question"]')];
document.addEventListener("change", (event) => {
  if (!every) return;
  if (event.target === every) for (const one of picks()) one.checked = every.checked;
  const listed = picks();
  const chosen = share(listed.filter((one) => one.checked).length, listed.length);
  every.checked = chosen === "all";
  every.indeterminate = chosen === "some";
});
