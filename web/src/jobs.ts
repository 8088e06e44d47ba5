// The page for adding: files are dropped or picked, listed, checked, and sent with their progress.
import { dropped } from "./jobs/dropped.ts";
import { filled, joined, problemOf, sizeWords, total, type Chosen } from "./jobs/files.ts";
import { send, type Sending } from "./jobs/sending.ts";

const SHOWN = 100;
const lang = document.documentElement.lang || "de";

function bind(form: HTMLFormElement): void {
  const part = <T extends HTMLElement>(name: string): T => {
    const found = form.querySelector<T>(`[data-${name}]`);
    if (!found) throw new Error(`the form has no ${name}`);
    return found;
  };
  const say = (name: string, values: Record<string, string> = {}): string => filled(form.dataset[name] ?? "", values);
  const drop = part("drop");
  const box = part("chosen");
  const list = part("files");
  const problem = part("problem");
  const bar = part<HTMLProgressElement>("progress");
  const status = part("status");
  const stop = part<HTMLButtonElement>("stop");
  const go = part<HTMLButtonElement>("send");
  const limit = Number(form.dataset["limit"]);
  const most = Number(form.dataset["most"]);
  let chosen: Chosen[] = [];
  let sending: Sending | undefined;

  form.classList.add("scripted");
  for (const one of form.querySelectorAll<HTMLElement>("[data-with-script]")) one.hidden = false;

  const tell = (text: string): void => {
    problem.textContent = text;
    problem.hidden = text === "";
  };

  const show = (): void => {
    const size = sizeWords(total(chosen), lang);
    box.hidden = chosen.length === 0;
    part("count").textContent =
      chosen.length === 1 ? say("one", { size }) : say("counted", { count: chosen.length.toLocaleString(lang), size });
    list.replaceChildren(...chosen.slice(0, SHOWN).map(row));
    if (chosen.length > SHOWN) {
      const more = document.createElement("li");
      more.textContent = say("more", { count: (chosen.length - SHOWN).toLocaleString(lang) });
      list.append(more);
    }
    const found = problemOf(chosen, limit, most);
    if (found === "too-large") tell(say("tooLarge", { size, limit: sizeWords(limit, lang) }));
    else if (found) tell(say("tooMany", { count: chosen.length.toLocaleString(lang), limit: most.toLocaleString(lang) }));
    else tell("");
    go.disabled = found !== undefined;
  };

  const row = (one: Chosen): HTMLLIElement => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const size = document.createElement("span");
    const out = document.createElement("button");
    name.className = "name";
    name.textContent = one.path;
    size.className = "n";
    size.textContent = sizeWords(one.file.size, lang);
    out.type = "button";
    out.className = "quiet";
    out.textContent = form.dataset["takeOut"] ?? "";
    out.setAttribute("aria-label", `${out.textContent}: ${one.path}`);
    out.addEventListener("click", () => {
      const at = chosen.indexOf(one);
      chosen = chosen.filter((other) => other !== one);
      show();
      list.querySelectorAll<HTMLButtonElement>("button")[Math.min(at, chosen.length - 1)]?.focus();
    });
    item.append(name, size, out);
    return item;
  };

  const busy = (on: boolean): void => {
    bar.hidden = stop.hidden = !on;
    go.disabled = on;
    bar.value = 0;
    if (!on) status.textContent = "";
  };

  for (const picker of form.querySelectorAll<HTMLInputElement>("[data-pick]")) {
    picker.removeAttribute("name"); // what was picked is in the list, and is sent from there
    picker.addEventListener("change", () => {
      const added = [...(picker.files ?? [])].map((one) => ({ file: one, path: one.webkitRelativePath || one.name }));
      picker.value = "";
      chosen = joined(chosen, added);
      show();
    });
  }
  part("clear").addEventListener("click", () => {
    chosen = [];
    show();
    form.querySelector<HTMLElement>("[data-pick]")?.focus();
  });
  // A file that misses the field would replace the page, and with it all that was chosen.
  for (const kind of ["dragover", "drop"] as const)
    window.addEventListener(kind, (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
  window.addEventListener("dragover", () => drop.classList.add("over"));
  window.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) drop.classList.remove("over");
  });
  window.addEventListener("drop", async (event) => {
    drop.classList.remove("over");
    if (!event.dataTransfer?.types.includes("Files") || sending) return;
    status.textContent = say("reading");
    try {
      chosen = joined(chosen, await dropped(event.dataTransfer, most));
    } finally {
      status.textContent = "";
    }
    show();
  });
  stop.addEventListener("click", () => sending?.stop());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!chosen.length || sending) {
      if (!chosen.length) form.querySelector<HTMLElement>("[data-pick]")?.focus();
      return;
    }
    tell("");
    busy(true);
    sending = send(form, chosen, (share) => {
      bar.value = Math.round(100 * share);
      status.textContent = say("sending", { share: String(bar.value) });
    });
    const answer = await sending.done;
    sending = undefined;
    busy(false);
    if (answer === "stopped") return;
    if (answer === "lost") tell(say("lost"));
    else if (answer.job) window.location.assign(answer.job);
    else tell([answer.problem, answer.remedy].filter(Boolean).join(" "));
  });
}

const form = document.querySelector<HTMLFormElement>("#upload");
if (form) bind(form);
