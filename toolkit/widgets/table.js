// A table of any length: the frame stays in Python, which sends the rows of one page at a time.
// Whatever the cells say becomes a text node, never HTML.

const PAGE = 60;

function render({ model, el }) {
  const table = make("table", { role: "grid", "aria-label": "Table", "aria-multiselectable": "true" });
  const head = make("thead");
  const body = make("tbody");
  table.append(head, body);
  const caption = make("div", { class: "tk-caption", role: "status", "aria-live": "polite" });
  const search = make("input", { type: "search", placeholder: "Search", "aria-label": "Search in the table" });
  const copy = make("button", { type: "button", class: "tk-copy", title: "Copy the selected rows, or all, with tabs between the cells" }, "Copy");
  const scroll = make("div", { class: "tk-rows" });
  scroll.append(table);
  const where = make("span", { class: "tk-where", role: "status", "aria-live": "polite" });
  const turn = ["First", "Previous", "Next", "Last"].map((name) => make("button", { type: "button" }, name));
  const bar = make("div", { class: "tk-bar" });
  const pager = make("span", { class: "tk-turn" });
  pager.append(...turn);
  bar.append(search, copy, where, pager);
  const root = make("div", { class: "tk-table", role: "group", "aria-label": "Table with search" });
  root.append(caption, bar, scroll);
  el.append(root);

  let first = 0; // of the page shown, among the rows found
  let asked = 0; // number of the newest question; older answers are dropped
  let place = null; // where the focus goes when the page is there: a row of it, or null

  const total = () => model.get("total");
  const last = () => Math.max(0, Math.floor((total() - 1) / PAGE) * PAGE);

  function ask(start, focus = null) {
    first = Math.min(Math.max(0, start), last());
    place = focus;
    model.send({ kind: "rows", first, count: PAGE, asked: ++asked });
  }

  function showHead() {
    const row = make("tr", { role: "row", "aria-rowindex": "1" });
    model.get("head").forEach(({ name, label, number, sortable }, at) => {
      const cell = make("th", { role: "columnheader", scope: "col", "aria-colindex": `${at + 1}`, class: number ? "tk-number" : "" });
      if (sortable) {
        const button = make("button", { type: "button" }, label);
        button.append(make("span", { "aria-hidden": "true" }));
        button.onclick = () => {
          const [by, down] = model.get("order");
          model.set("order", name !== by ? [name, false] : down ? ["", false] : [name, true]);
          model.save_changes();
        };
        cell.append(button);
      } else cell.textContent = label;
      row.append(cell);
    });
    head.replaceChildren(row);
    table.setAttribute("aria-colcount", `${model.get("head").length}`);
    markOrder();
  }

  // The cells stay: a button replaced under the mouse loses its click, and its focus.
  function markOrder() {
    const [by, down] = model.get("order");
    model.get("head").forEach(({ name }, at) => {
      const order = name !== by ? "none" : down ? "descending" : "ascending";
      const arrow = head.rows[0]?.cells[at]?.querySelector("span");
      if (!arrow) return;
      arrow.closest("th").setAttribute("aria-sort", order);
      arrow.textContent = { none: "", ascending: " ▲", descending: " ▼" }[order];
    });
  }

  function showRows({ first: start, rows }) {
    table.setAttribute("aria-rowcount", `${total() + 1}`);
    body.replaceChildren(...rows.map((row, at) => rowOf(row, start + at)));
    scroll.hidden = !model.get("head").length;
    bar.hidden = model.get("everything") < 2;
    for (const [at, button] of turn.entries()) {
      button.hidden = total() <= PAGE;
      button.disabled = at < 2 ? start === 0 : start >= last();
    }
    where.textContent = total() > PAGE ? `${count(start + 1)}–${count(start + rows.length)} of ${count(total())}`
      : total() === model.get("everything") ? "" : `${count(total())} of ${count(model.get("everything"))}`;
    markChosen();
    if (place === null) scroll.scrollTop = 0;
    else focusRow(place < 0 ? rows.length - 1 : place);
    place = null;
  }

  function rowOf({ id, cells }, at) {
    const row = make("tr", { role: "row", "aria-rowindex": `${at + 2}`, tabindex: "-1" });
    row.dataset.id = id;
    model.get("head").forEach(({ number }, column) => {
      const cell = make("td", { role: "gridcell", "aria-colindex": `${column + 1}`, class: number ? "tk-number" : "", dir: "auto" });
      cell.append(...contentOf(cells[column]));
      row.append(cell);
    });
    return row;
  }

  function contentOf(cell) {
    if (typeof cell === "string") return [cell];
    if (cell.href && /^https?:/i.test(cell.href)) {
      const link = make("a", { href: cell.href, target: "_blank", rel: "noopener noreferrer" });
      link.append(...marked(cell));
      return [link];
    }
    return marked(cell);
  }

  // The text cut at every edge of a mark; offsets count code points, as Python does.
  function marked({ text, marks = [] }) {
    const points = Array.from(text);
    const edges = [...new Set([0, points.length, ...marks.flatMap(([start, end]) => [start, end])])]
      .filter((edge) => edge >= 0 && edge <= points.length).sort((a, b) => a - b);
    return edges.slice(1).map((end, at) => {
      const said = points.slice(edges[at], end).join("");
      const over = marks.filter(([from, to]) => from <= edges[at] && to >= end);
      if (!over.length) return document.createTextNode(said);
      const mark = make("mark", { title: over.map(([, , , tip]) => tip).join(", ") }, said);
      mark.dataset.kind = over.at(-1)[2];
      mark.style.setProperty("--tk-mark", model.get("colors")[over.at(-1)[2]] ?? "#df7d00");
      return mark;
    });
  }

  // The choice is told along: the message may overtake it on its way to Python.
  const askCopy = () => model.send({ kind: "copy", chosen: model.get("chosen") });
  const chosen = () => new Set(model.get("chosen"));
  const rows = () => [...body.children];

  function markChosen() {
    const on = chosen();
    rows().forEach((row) => row.setAttribute("aria-selected", `${on.has(Number(row.dataset.id))}`));
    const stop = rows().find((row) => row === document.activeElement) ?? rows().find((row) => on.has(Number(row.dataset.id))) ?? rows()[0];
    rows().forEach((row) => (row.tabIndex = row === stop ? 0 : -1));
    copy.textContent = on.size ? `Copy ${count(on.size)} selected` : "Copy";
  }

  function focusRow(at) {
    const row = rows()[at];
    if (!row) return;
    rows().forEach((other) => (other.tabIndex = other === row ? 0 : -1));
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  let anchor = 0; // where a selection with Shift begins, on this page
  function choose(row, { more, range }) {
    const id = Number(row.dataset.id);
    const at = rows().indexOf(row);
    const on = more || range ? chosen() : new Set();
    if (range) rows().slice(Math.min(anchor, at), Math.max(anchor, at) + 1).forEach((r) => on.add(Number(r.dataset.id)));
    else if (chosen().has(id) && (more || chosen().size === 1)) on.delete(id);
    else on.add(id);
    if (!range) anchor = at;
    model.set("chosen", [...on]);
    model.save_changes();
    focusRow(at);
  }

  body.onclick = (event) => {
    const row = event.target.closest("tr");
    if (row && !event.target.closest("a") && !String(getSelection())) choose(row, { more: event.ctrlKey || event.metaKey, range: event.shiftKey });
  };
  body.onkeydown = (event) => {
    const at = rows().indexOf(event.target.closest("tr"));
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows().length - 1 };
    if (event.key in steps) {
      const to = steps[event.key];
      if (to < 0) first > 0 && ask(first - PAGE, -1);
      else if (to >= rows().length) first < last() && ask(first + PAGE, 0);
      else if (event.shiftKey) choose(rows()[to], { range: true });
      else focusRow(to);
    } else if (event.key === "PageDown") first < last() && ask(first + PAGE, 0);
    else if (event.key === "PageUp") first > 0 && ask(first - PAGE, 0);
    else if (event.key === "Enter" || event.key === " ") event.target.closest("a") || choose(rows()[at], { more: event.ctrlKey || event.metaKey, range: event.shiftKey });
    else if ((event.ctrlKey || event.metaKey) && event.key === "c" && !String(getSelection())) askCopy();
    else return;
    if (!event.target.closest("a")) event.preventDefault();
    event.stopPropagation(); // the notebook has keys of its own
  };
  let wait;
  search.oninput = () => {
    clearTimeout(wait);
    wait = setTimeout(() => {
      model.set("query", search.value);
      model.save_changes();
    }, 150);
  };
  search.onkeydown = (event) => event.stopPropagation();
  copy.onclick = () => askCopy();
  turn.forEach((button, at) => (button.onclick = () => ask([0, first - PAGE, first + PAGE, last()][at])));

  const says = {
    head: showHead,
    order: markOrder,
    caption: () => { caption.textContent = model.get("caption"); caption.hidden = !model.get("caption"); },
    query: () => { if (document.activeElement !== search) search.value = model.get("query"); },
    generation: () => {
      asked++; // answers on their way are to questions about the rows before
      first = 0;
      showRows({ first, rows: model.get("opening") });
    },
    chosen: markChosen,
  };
  const answer = (message) => {
    if (message.kind === "rows" && message.asked === asked) showRows(message);
    if (message.kind === "copy") toClipboard(message.text).then(() => { where.textContent = `${count(message.rows)} ${message.rows === 1 ? "row" : "rows"} copied`; });
  };
  for (const [name, say] of Object.entries(says)) model.on(`change:${name}`, say);
  model.on("msg:custom", answer);
  Object.values(says).forEach((say) => say());

  return () => {
    clearTimeout(wait);
    for (const [name, say] of Object.entries(says)) model.off(`change:${name}`, say);
    model.off("msg:custom", answer);
  };
}

const count = (number) => number.toLocaleString("en");

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // a page without https has no clipboard interface
    const area = make("textarea", { style: "position:fixed;opacity:0" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

export default { render };
