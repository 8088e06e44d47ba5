// <details class="menu"> closes on Escape, on a click elsewhere and when another one opens; filters apply on change.
export function bindMenus(): void {
  // On a narrow window the bar of pages scrolls: where one is should be in sight.
  const bar = document.querySelector<HTMLElement>(".masthead nav ul");
  const here = bar?.querySelector<HTMLElement>("[aria-current=page]");
  if (bar && here) bar.scrollLeft = here.offsetLeft - (bar.clientWidth - here.clientWidth) / 2;
  const open = (): HTMLDetailsElement[] => [...document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")];
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  document.addEventListener("change", (event) => {
    const control = event.target;
    if (!(control instanceof HTMLElement)) return;
    const form = control.closest<HTMLFormElement>("form[data-auto]");
    if (form && !control.matches("input[type=search], input[type=text]")) form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    // A shared address should name only what was chosen.
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "get") return;
    for (const control of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input[name], select[name]"))
      if (control.value === "" && !control.disabled) {
        control.disabled = true;
        setTimeout(() => (control.disabled = false), 0);
      }
  });
}
