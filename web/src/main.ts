// What every page does: partial updates (htmx), keys, menus, the choice of colours.
import "htmx.org";
import { bindKeys } from "./keys.ts";
import { bindMenus } from "./menus.ts";
import { bindTheme } from "./theme.ts";

bindTheme();
bindMenus();
bindKeys();
