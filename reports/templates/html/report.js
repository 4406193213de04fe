"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const items = all("[data-outcome]");
  const chips = all("[data-chip]");
  const words = byId("words");
  const kinds = ["outcome", "requirement", "area"];
  // Requirements name their area; everything else is in the areas of its requirements.
  const areas = new Map(items.filter((item) => item.dataset.area).map((item) => [item.id, item.dataset.area]));
  items.forEach((item) => {
    item.dataset.area ??= item.dataset.requirement.split(" ").map((id) => areas.get(id) || "").join(" ");
  });
  // Records that no finding links to come without an id, which would only repeat what they say.
  all("tbody[data-in]").forEach((record) => {
    record.id = `record-${record.dataset.in}-${record.querySelector("th code").textContent}`;
  });
  // Who reads an entry can link to it.
  items.forEach((item) => {
    const place = item.querySelector(item.tagName === "DETAILS" ? ".foot" : ".level, h4");
    const link = Object.assign(document.createElement("a"), { className: "here", href: `#${item.id}`, textContent: "#" });
    link.setAttribute("aria-label", `Link to ${item.querySelector("h4")?.textContent || item.id}`);
    place?.append(" ", link);
  });
  const texts = new Map();
  const chosen = (kind) => chips
    .filter((chip) => chip.dataset.chip === kind && chip.getAttribute("aria-pressed") === "true")
    .map((chip) => chip.value);

  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, `${item.textContent} ${item.id} ${item.id.slice(6).replace(".", "/")}`.toLowerCase());
    return texts.get(item);
  };

  // The hash is `#anchor?outcome=fail&q=maya`; either half may be missing.
  const readHash = () => {
    const [anchor, query = ""] = location.hash.slice(1).split("?");
    return { anchor, query: new URLSearchParams(query) };
  };

  const asQuery = () => {
    const query = new URLSearchParams();
    kinds.forEach((kind) => chosen(kind).length && query.set(kind, chosen(kind).join(" ")));
    if (words.value.trim()) query.set("q", words.value.trim());
    const { anchor, query: asked } = readHash();
    if (anchor === "people" && asked.has("person")) query.set("person", asked.get("person"));
    return query.toString();
  };

  const writeHash = (anchor) => {
    const query = asQuery();
    const hash = `#${anchor}${query ? `?${query}` : ""}`;
    if (location.hash !== hash && (hash !== "#" || location.hash)) history.replaceState(null, "", hash);
  };

  const setFilter = (query) => {
    kinds.forEach((kind) => {
      const wanted = (query.get(kind) || "").split(" ");
      chips.filter((chip) => chip.dataset.chip === kind)
        .forEach((chip) => chip.setAttribute("aria-pressed", String(wanted.includes(chip.value))));
    });
    words.value = query.get("q") || "";
    apply();
  };

  const apply = () => {
    const wanted = kinds.map((kind) => [kind, chosen(kind)]).filter(([, values]) => values.length);
    const terms = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const active = wanted.length + terms.length > 0;
    const fits = (item) =>
      wanted.every(([kind, values]) => item.dataset[kind].split(" ").some((one) => values.includes(one)))
      && terms.every((term) => textOf(item).includes(term));
    let left = 0;
    items.forEach((item) => {
      const shown = !active || fits(item);
      item.classList.toggle("out", !shown);
      left += shown ? 1 : 0;
    });
    all("[data-group]").forEach((group) =>
      group.classList.toggle("out", active && !group.querySelector("[data-outcome]:not(.out)")));
    all("[data-shown]").forEach((line) => {
      const inside = all("[data-outcome]", line.closest("section"));
      const visible = inside.filter((item) => !item.classList.contains("out")).length;
      line.hidden = !active;
      line.textContent = `${visible} of ${inside.length} ${line.dataset.shown} fit the filter.`;
    });
    byId("clear").hidden = !active;
    byId("found").textContent = active ? `${left} of ${items.length} entries fit.` : "";
    byId("said").textContent = byId("found").textContent;
  };

  const unfold = (element) => {
    for (let one = element; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    if (element.dataset.outcome !== undefined) all(":scope > td > details", element).forEach((one) => { one.open = true; });
  };

  const goTo = (anchor) => {
    all(".aimed").forEach((one) => one.classList.remove("aimed"));
    const target = anchor && byId(anchor);
    if (!target) return;
    if (target.closest(".out")) setFilter(new URLSearchParams());
    unfold(target);
    if (target.dataset.outcome !== undefined) target.classList.add("aimed");
    const focusable = target.tagName === "DETAILS" ? target.querySelector("summary") : target;
    if (!focusable.matches("summary, a, button, [tabindex]")) focusable.tabIndex = -1;
    focusable.focus({ preventScroll: true });
    target.scrollIntoView();
  };

  const follow = () => {
    const { anchor, query } = readHash();
    if ([...query].length) setFilter(query);
    goTo(anchor);
    writeHash(anchor);
  };

  const changed = () => { apply(); writeHash(readHash().anchor); };
  chips.forEach((chip) => chip.addEventListener("click", () => {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    changed();
  }));
  words.addEventListener("input", changed);
  words.form.addEventListener("submit", (event) => event.preventDefault());
  byId("clear").addEventListener("click", () => {
    setFilter(new URLSearchParams());
    writeHash(readHash().anchor);
    words.focus();
  });

  const foldAll = (id, open) => all(`#${id} .item:not(.out)`).forEach((one) => { one.open = open; });
  all("[data-unfold]").forEach((button) =>
    button.addEventListener("click", () => foldAll(button.dataset.unfold, true)));
  all("[data-fold]").forEach((button) =>
    button.addEventListener("click", () => foldAll(button.dataset.fold, false)));

  const page = document.documentElement;
  byId("print").addEventListener("click", () => {
    page.classList.add("whole");
    window.print();
  });
  let closed = [];
  window.addEventListener("beforeprint", () => {
    if (!page.classList.contains("whole")) return;
    closed = all("main details:not([open])");
    closed.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => {
    closed.forEach((one) => { one.open = false; });
    closed = [];
    page.classList.remove("whole");
  });

  byId("words").closest("details").open = matchMedia("(min-width: 62rem)").matches;
  window.addEventListener("hashchange", follow);
  follow();
})();
