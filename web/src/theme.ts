// Light, dark, or as the system has it; kept in this browser.
const KEY = "quellenlage.theme";
const THEMES = ["system", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];

function stored(): Theme {
  const value = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === value) ?? "system";
}

function show(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  for (const choice of document.querySelectorAll<HTMLInputElement>("input[name=theme]"))
    choice.checked = choice.value === theme;
}

export function bindTheme(): void {
  show(stored());
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.name !== "theme") return;
    const theme = THEMES.find((one) => one === input.value) ?? "system";
    localStorage.setItem(KEY, theme);
    show(theme);
  });
}
