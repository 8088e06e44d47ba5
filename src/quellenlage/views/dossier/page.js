(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const form = byId("filter"), query = byId("q"), lane = byId("lane"), kind = byId("kind"), clash = byId("clash");
  const entries = [...document.querySelectorAll(".entry")];
  if (!form || !entries.length) return;
  form.hidden = false;
  const fold = (text) => text.toLowerCase().replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue")
    .replaceAll("ß", "ss").normalize("NFD").replace(/\p{M}/gu, "");
  const texts = new Map(entries.map((entry) => [entry, fold(entry.textContent)]));
  const marks = new Map();
  for (const mark of document.querySelectorAll(".mark")) {
    const known = marks.get(mark.dataset.n) || [];
    known.push(mark);
    marks.set(mark.dataset.n, known);
  }
  const apply = () => {
    const wanted = fold(query.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const entry of entries) {
      const fits = wanted.every((word) => texts.get(entry).includes(word))
        && (!lane.value || entry.dataset.lane === lane.value)
        && (!kind.value || entry.dataset.kind === kind.value)
        && (!clash.checked || entry.dataset.conflict);
      entry.hidden = !fits;
      if (fits) count += 1;
      for (const mark of marks.get(entry.id.slice(2)) || []) mark.classList.toggle("out", !fits);
    }
    for (const year of document.querySelectorAll(".of-year")) {
      year.hidden = !year.querySelector(".entry:not([hidden])");
    }
    byId("shown").textContent = count === entries.length ? "" : byId("shown").dataset.told.replace("#", count);
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  const all = byId("all");
  all.addEventListener("click", () => {
    const open = all.dataset.open !== "yes";
    for (const one of document.querySelectorAll("#chronicle details")) one.open = open;
    const label = all.textContent;
    all.textContent = all.dataset.other;
    all.dataset.other = label;
    all.dataset.open = open ? "yes" : "";
  });
  const arrive = () => {
    const target = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden) { form.reset(); apply(); target.scrollIntoView(); }
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.focus({ preventScroll: true });
  };
  addEventListener("hashchange", arrive);
  arrive();
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      query.focus();
    }
  });
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("#chronicle details:not([open])")) {
      one.open = true;
      one.dataset.printed = "yes";
    }
  });
  addEventListener("afterprint", () => {
    for (const one of document.querySelectorAll("details[data-printed]")) {
      one.open = false;
      delete one.dataset.printed;
    }
  });
})();
