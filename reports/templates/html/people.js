"use strict";
// One person through the year, put together from what stands in the report: the record's days, the
// steps of its scenarios that name it, and the findings about it.
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };
  const link = (anchor, words) => make("a", { href: `#${anchor}` }, words);
  const records = all("tbody[id^=record-]");
  const field = byId("person");
  if (!field || !records.length) return;

  const head = (record) => record.rows[0].cells[0];
  const title = (record) => head(record).firstChild.textContent.trim();
  const shortName = (record) => /“(.+)”/.exec(head(record).textContent)?.[1] || title(record);
  const caseOf = (record) => record.closest("details[id^=edge-]");
  const choice = (record) => `${title(record)} (${caseOf(record)?.id.slice(5) || head(record).querySelector("code").textContent})`;
  const byChoice = new Map(records.map((record) => [choice(record), record]));

  const daysOf = (record) => {
    const table = all("#year [data-district]").find((one) => record.id.startsWith(`record-${one.dataset.district}-`));
    return table ? all("tbody th", table).map((one) => one.textContent.trim()) : [];
  };
  const firstDay = (cell) => cell.firstChild.textContent.trim().split(" ")[0];

  // Day → what is said of it, in the order of the year.
  const yearOf = (record) => {
    const year = new Map(daysOf(record).map((day) => [day, []]));
    return {
      add: (day, element) => year.has(day) ? year.get(day).push(element) : year.set(day, [element]),
      days: () => [...year].filter(([, inside]) => inside.length),
    };
  };

  const named = (words, name) => ` ${words.replace(/[^\p{L}\p{N}'’-]+/gu, " ")} `.includes(` ${name} `);
  const checksOf = (record) => (caseOf(record) ? all("ul a[href^='#check-']", caseOf(record)) : [])
    .map((one) => byId(one.hash.slice(1))).filter(Boolean);
  const steps = (record, add) => {
    const seen = new Set();
    checksOf(record).forEach((check) => {
      let day = "";
      all(".steps li", check).forEach((step) => {
        const sign = step.querySelector(":scope > span:first-child")?.textContent || "";
        const words = step.textContent.trim().replace(sign, "").replace(/^\S+ /, "");
        day = /\bon ([a-z-]+) /.exec(words)?.[1] || day;
        const rest = words.replace(`on ${day} `, "");
        if (!day || seen.has(`${day} ${rest}`) || !named(rest, shortName(record))) return;
        seen.add(`${day} ${rest}`);
        add(day, make("p", { className: step.className }, sign && `${sign} `, rest[0].toUpperCase() + rest.slice(1)));
      });
    });
  };
  // The finding itself, without the link and the circumstances behind it.
  const sentence = (cell) => [...cell.childNodes].slice(0, [...cell.childNodes].findIndex((one) => /^(A|SPAN)$/.test(one.nodeName)))
    .map((one) => one.textContent).join("").trim();
  const findings = (record, add) => {
    const aimed = all(`#checks a[href="#${CSS.escape(record.id)}"]`).map((one) => one.closest("th"));
    const others = checksOf(record).flatMap((check) => all("tbody th", check));
    [...new Set([...aimed, ...others.filter((one) => named(sentence(one), shortName(record)))])].forEach((cell) => {
      const check = cell.closest("details");
      const day = cell.querySelector("span.small").textContent.split(",")[0].trim();
      add(day, make("p", { className: "bad finding" },
        make("strong", {}, sentence(cell)), " ", link(check.id, check.querySelector("h4").textContent)));
    });
  };
  const states = (record, add) => [...record.rows].slice(1).forEach((row) => {
    const [days, clever, app] = row.cells;
    const list = make("dl", { className: "state-of" });
    [["Clever shares", clever], ["Your app holds", app]].forEach(([words, cell]) => list.append(
      make("div", {}, make("dt", {}, words), make("dd", {}, ...cell.cloneNode(true).childNodes))));
    if (days.querySelector("small")) list.append(make("div", {}, make("dt", {}, "Request"), make("dd", {}, days.querySelector("small").textContent)));
    add(firstDay(days), list);
  });

  const show = (record) => {
    const year = yearOf(record);
    steps(record, year.add);
    states(record, year.add);
    findings(record, year.add);
    const heading = make("h3", { tabIndex: -1 }, ...head(record).cloneNode(true).childNodes);
    heading.querySelector(".whole-year").remove();
    const inCase = caseOf(record);
    const others = [...record.parentElement.tBodies].filter((one) => one !== record && inCase);
    byId("persona").replaceChildren(
      heading,
      make("p", { className: "small" }, ...(inCase
        ? ["In the edge case ", link(inCase.id, inCase.querySelector("h4").textContent)]
        : ["In no edge case; here because of a finding"]), ". ", link(record.id, "As a table")),
      make("ol", { className: "follow" }, ...year.days().map(([day, inside]) =>
        make("li", {}, make("h4", {}, day), ...inside))),
      ...(others.length ? [make("p", {}, "With: ", ...others.flatMap((one, at) =>
        [at ? ", " : "", link(`people?person=${one.id}`, title(one))]))] : []),
    );
    field.value = choice(record);
    return heading;
  };

  const follow = () => {
    const [anchor, query = ""] = location.hash.slice(1).split("?");
    const record = anchor === "people" && byId(new URLSearchParams(query).get("person") || "");
    if (!record || !records.includes(record)) return;
    const heading = show(record);
    byId("people").scrollIntoView();
    heading.focus({ preventScroll: true });
  };

  byId("names").append(...[...byChoice.keys()].map((value) => make("option", { value })));
  field.addEventListener("change", () => {
    const record = byChoice.get(field.value) || records.find((one) => title(one).toLowerCase() === field.value.trim().toLowerCase());
    if (record) location.hash = `people?person=${record.id}`;
    else byId("persona").replaceChildren(make("p", {}, field.value ? "Nobody of this name has a history here. Choose a name from the list." : ""));
  });
  field.form.addEventListener("submit", (event) => event.preventDefault());
  records.forEach((record) => {
    const one = link(`people?person=${record.id}`, "Whole year");
    one.className = "small whole-year";
    one.setAttribute("aria-label", `Whole year of ${title(record)}`);
    head(record).append(" ", one);
  });
  window.addEventListener("hashchange", follow);
  follow();
})();
