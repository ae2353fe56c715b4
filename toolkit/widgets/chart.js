// A live chart that tells Python what the reader picks in it. Joined behind show.js, which draws.

// One copy of Vega serves every chart of the page: two would draw into each other's clip paths. The first chart asks for it.
function vegaFor(model) {
  if (globalThis.toolkitVega) return Promise.resolve();
  globalThis.toolkitVegaAsked ??= askVega(model).catch((error) => {
    globalThis.toolkitVegaAsked = undefined;
    throw error;
  });
  return globalThis.toolkitVegaAsked;
}

function askVega(model) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("the kernel did not answer")), 300000);
    let asking;
    // A message to a kernel that has only just been connected can be lost: asked again, ever less often.
    const ask = (wait) => {
      model.send({ kind: "vega" });
      asking = setTimeout(ask, wait, 2 * wait);
    };
    const got = async (message, buffers) => {
      if (message.kind !== "vega") return;
      model.off("msg:custom", got);
      clearTimeout(late);
      clearTimeout(asking);
      const stream = new Blob([buffers[0]]).stream().pipeThrough(new DecompressionStream("gzip"));
      const address = URL.createObjectURL(new Blob([await new Response(stream).text()], { type: "text/javascript" }));
      await import(address).then(resolve, reject);
      URL.revokeObjectURL(address);
    };
    model.on("msg:custom", got);
    ask(1000);
  });
}

const isDark = () =>
  document.body.dataset.jpThemeLight === "false" || document.body.matches(".vscode-dark, .vscode-high-contrast:not(.vscode-high-contrast-light)");

function render({ model, el }) {
  const box = document.createElement("div");
  box.className = "tk-chart";
  el.append(box);
  let view = null;
  let turn = 0;

  async function draw() {
    const mine = ++turn;
    try {
      await vegaFor(model);
      const place = document.createElement("div");
      const made = await showChart(place, model.get("spec"), model.get("inks")[isDark() ? 1 : 0]);
      if (mine !== turn) return made.finalize();
      view?.finalize();
      view = made;
      box.replaceChildren(place);
      await update();
      listen();
    } catch (error) {
      box.replaceChildren(Object.assign(document.createElement("p"), { textContent: `The chart could not be drawn: ${error.message}` }));
    }
  }

  async function update() {
    if (!view) return;
    const times = Object.keys(model.get("times"));
    for (const [name, rows] of Object.entries(model.get("rows"))) view.data(name, rows.map((row) => dated(row, times)));
    if (Object.keys(model.get("rows")).length) view.resize(); // new rows may have longer labels
    await view.runAsync();
    settle();
  }

  function listen() {
    const declared = model.get("params");
    for (const { name, wait } of declared) view.addSignalListener(name, later(() => pick(readParams(declared)), wait));
    if (declared.length) return;
    view.addEventListener("click", (event, item) => {
      const keys = /^(axis|legend|title)/.test(item?.mark?.role) ? {} : keysOf(item);
      if (event.shiftKey) pick(together([model.get("picked"), keys]));
      else pick(same(keys, model.get("picked")) ? {} : keys);
    });
  }

  // What lies in a rectangle, if the author declared no selections; of moments, all from the first to the last.
  function pickIn(area) {
    if (!view || model.get("params").length) return;
    const within = ({ left, right, top, bottom }) =>
      left <= area.right && right >= area.left && top <= area.bottom && bottom >= area.top;
    const picked = together(marks().filter(([, place]) => within(place())).map(([item]) => keysIn(item.datum)));
    for (const [key, one] of Object.entries(picked)) one.range = key in model.get("times") && one.values.length > 1;
    pick(picked);
  }

  // Several picks as one: each key with all of its values; a key that one of them lacks says nothing.
  function together(picks) {
    const [first = {}, ...others] = picks.filter((keys) => Object.keys(keys).length);
    const shared = Object.keys(first).filter((key) => others.every((keys) => key in keys));
    return Object.fromEntries(shared.map((key) => {
      const values = [first, ...others].flatMap((keys) => keys[key].values);
      return [key, { values: [...new Map(values.map((value) => [JSON.stringify(value), value])).values()], range: false }];
    }));
  }

  function pick(picked) {
    if (same(picked, model.get("picked"))) return;
    model.set("picked", picked);
    model.save_changes();
    settle();
  }

  // What the selections that the author declared hold, by field.
  function readParams(declared) {
    const picked = {};
    for (const { name, ranges } of declared)
      for (const [field, held] of Object.entries(view.signal(name) ?? {})) {
        if (field === "_vgsid_" || !Array.isArray(held)) continue;
        const values = (Array.isArray(held[0]) ? held[0] : held).map((value) => told(field, value));
        picked[field] = { values, range: ranges.includes(field) };
      }
    return picked;
  }

  // The keys of a mark's datum; of a line, which is one mark for many rows, those that its rows share.
  function keysOf(item) {
    const joined = JOINED.includes(item?.mark?.marktype);
    const [datum, ...others] = joined ? item.mark.items.map((one) => one.datum) : [item?.datum];
    return keysIn(datum, (key) => others.every((other) => same(other[key], datum[key])));
  }

  function keysIn(datum, wanted = () => true) {
    const keys = datum ? model.get("fields").filter((key) => key in datum && wanted(key)) : [];
    return Object.fromEntries(keys.map((key) => [key, { values: [told(key, datum[key])], range: false }]));
  }

  // A moment is told as the clock here shows it if the data gave no time zone, else in UTC.
  function told(field, value) {
    const zone = model.get("times")[field];
    if (!zone || (typeof value !== "number" && !(value instanceof Date))) return value ?? null;
    const moment = new Date(value);
    if (zone === "wall") moment.setMinutes(moment.getMinutes() - new Date(value).getTimezoneOffset());
    return { time: moment.toISOString().slice(0, zone === "wall" ? -1 : undefined) };
  }

  // Marks with keys can be reached by keyboard, one stop for all of them; what is not picked steps back.
  function settle() {
    const picked = model.get("params").length ? {} : model.get("picked");
    clickable().forEach(([element, keys], at) => {
      const on = Object.entries(picked).every(([key, one]) => !(key in keys) || holds(one, keys[key].values[0]));
      element.style.opacity = on ? "" : "0.3";
      element.style.cursor = "pointer";
      element.tabIndex = at ? -1 : 0;
    });
  }

  // The elements of the marks that have keys, each with its keys.
  const clickable = () => marks().filter(([item]) => item._svg).map(([item]) => [item._svg, keysOf(item)])
    .filter(([, keys]) => Object.keys(keys).length);

  // Each item of the marks and where it is; a line has an item for each of its points, and one element, its first item's.
  function marks() {
    const found = [];
    const visit = (mark) => {
      const line = JOINED.includes(mark.marktype) && mark.items[0]?._svg;
      for (const item of mark.items) {
        if (mark.marktype === "group") item.items.forEach(visit);
        else if (mark.role === "mark" && (item._svg || line))
          found.push([item, () => (line ? pointOf(item, line) : item._svg.getBoundingClientRect())]);
      }
    };
    if (view && model.get("fields").length) visit(view.scenegraph().root);
    return found;
  }

  box.addEventListener("keydown", (event) => {
    const elements = clickable().map(([element]) => element);
    const at = elements.indexOf(event.target);
    if (at < 0) return;
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: elements.length - 1 }[event.key];
    if (elements[to]) {
      event.target.tabIndex = -1;
      elements[to].tabIndex = 0;
      elements[to].focus();
    } else if (event.key === "Enter" || event.key === " ") {
      const { left, top, width, height } = event.target.getBoundingClientRect();
      const middle = { bubbles: true, shiftKey: event.shiftKey, clientX: left + width / 2, clientY: top + height / 2 };
      for (const kind of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"])
        event.target.dispatchEvent(new (kind.startsWith("pointer") ? PointerEvent : MouseEvent)(kind, middle));
    } else if (event.key === "Escape") pick({});
    else if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // the notebook has keys of its own
  });

  brushed(box, pickIn);
  const theme = new MutationObserver(draw);
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light", "class"] });
  model.on("change:spec", draw);
  model.on("change:rows", update);
  model.on("change:picked", settle);
  draw();

  return () => {
    turn++;
    theme.disconnect();
    model.off("change:spec", draw);
    model.off("change:rows", update);
    model.off("change:picked", settle);
    view?.finalize();
  };
}

const JOINED = ["line", "area", "trail"];

function pointOf({ x, y }, line) {
  const point = new DOMPoint(x, y).matrixTransform(line.getScreenCTM());
  return { left: point.x, right: point.x, top: point.y, bottom: point.y };
}

// Whether a pick holds a value: moments are told in one form, whose order is theirs.
function holds({ values, range }, value) {
  const [told, ...others] = values.map((one) => one?.time ?? JSON.stringify(one)).sort();
  const mine = value?.time ?? JSON.stringify(value);
  return range ? told <= mine && mine <= (others.at(-1) ?? told) : mine === told || others.includes(mine);
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function dated(row, times) {
  const copy = { ...row };
  for (const field of times) if (typeof copy[field] === "string") copy[field] = new Date(copy[field]);
  return copy;
}

function later(call, wait) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(call, wait);
  };
}

export default { render };
