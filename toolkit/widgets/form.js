// A form of the browser's own controls: each has a label and a tip, and is reached by keyboard.
// Names from articles become text nodes, never HTML.

const TYPING = 300; // milliseconds of rest before what is typed in a search is told

function render({ model, el }) {
  const form = make("form", { class: "tk-form", "aria-label": model.get("label") });
  form.onsubmit = (event) => event.preventDefault();
  form.addEventListener("keydown", (event) => event.stopPropagation()); // the notebook has keys of its own
  el.append(form);
  let controls = {};

  function tell(name, value) {
    if (same(value, model.get("values")[name])) return;
    model.set("values", { ...model.get("values"), [name]: value });
    model.save_changes();
  }

  function build() {
    form.classList.toggle("tk-across", model.get("across"));
    controls = {};
    form.replaceChildren(...model.get("fields").map((field) => {
      const made = CONTROLS[field.kind](field, (value) => tell(field.name, value));
      controls[field.name] = made;
      return made.element;
    }));
    show();
    count();
  }

  const show = () => Object.entries(model.get("values")).forEach(([name, value]) => controls[name]?.show(value));
  const count = () => Object.entries(model.get("counts")).forEach(([name, counts]) => controls[name]?.count?.(counts));
  const says = { fields: build, values: show, counts: count };
  for (const [name, say] of Object.entries(says)) model.on(`change:${name}`, say);
  build();
  return () => Object.entries(says).forEach(([name, say]) => model.off(`change:${name}`, say));
}

const CONTROLS = {
  text: (field, tell) => line(field, tell, make("input", { type: "text" }), 0),
  search: (field, tell) => line(field, tell, make("input", { type: "search", placeholder: field.hint }), TYPING),
  date: (field, tell) => line(field, (value) => tell(value || null), make("input", { type: "date" }), 0),

  name(field, tell) {
    const list = suggestions(field.choices);
    const made = line(field, tell, make("input", { list: list.id, autocomplete: "off" }), 0);
    made.element.append(list);
    return made;
  },

  number(field, tell) {
    const input = make("input", { type: "number", step: "any", min: field.least, max: field.greatest });
    input.onchange = () => tell(input.value === "" ? null : input.valueAsNumber);
    return labelled(field, input, (value) => (input.value = value ?? ""));
  },

  range(field, tell) {
    const { least, greatest, step } = field;
    const input = make("input", { type: "range", min: least, max: greatest, step });
    const said = make("output", { for: (input.id = fresh()) });
    input.oninput = () => (said.textContent = input.value);
    input.onchange = () => tell(input.valueAsNumber);
    const both = make("span", { class: "tk-range" });
    both.append(input, said);
    return labelled(field, input, (value) => (said.textContent = input.value = value), both);
  },

  check(field, tell) {
    const input = make("input", { type: "checkbox" });
    input.onchange = () => tell(input.checked);
    const made = labelled(field, input, (value) => (input.checked = value));
    made.element.classList.add("tk-check");
    return made;
  },

  choice(field, tell) {
    const select = make("select");
    select.append(...field.choices.map((name) => Object.assign(make("option", {}, named(name) || "none"), { value: name })));
    select.onchange = () => tell(select.value);
    return labelled(field, select, (value) => (select.value = value));
  },

  // A line for each name, and an empty one for the next; an emptied line goes.
  names(field, tell) {
    const list = suggestions(field.choices ?? []);
    const lines = make("span", { class: "tk-names" });
    const held = () => [...lines.children].map((input) => input.value.trim()).filter(Boolean);
    const another = (value = "") => {
      const input = make("input", { list: list.id, autocomplete: "off", value, placeholder: "add", "aria-label": field.label });
      input.onchange = () => tell([...new Set(held())]);
      lines.append(input);
    };
    return group(field, [lines, list], (values) => {
      const at = [...lines.children].indexOf(document.activeElement);
      lines.replaceChildren();
      values.forEach(another);
      if (values.length < (field.most ?? Infinity)) another();
      if (at >= 0) lines.children[Math.min(at, lines.children.length - 1)].focus();
    });
  },

  facet(field, tell) {
    const boxes = new Map(field.choices.map((name) => {
      const input = make("input", { type: "checkbox", value: name });
      input.onchange = () => tell([...boxes].filter(([, { input }]) => input.checked).map(([name]) => name));
      const number = make("span", { class: "tk-count" });
      const label = make("label");
      label.append(input, make("span", { dir: "auto" }, name), number);
      return [name, { input, number, label }];
    }));
    const items = make("div", { class: "tk-facet" });
    items.append(...[...boxes.values()].map(({ label }) => label));
    const made = group(field, [items], (values) => boxes.forEach(({ input }, name) => (input.checked = values.includes(name))));
    made.count = (counts) => boxes.forEach(({ number, label }, name) => {
      number.textContent = (counts[name] ?? 0).toLocaleString("en");
      label.classList.toggle("tk-none", !counts[name]);
    });
    return made;
  },

  period(field, tell) {
    const from = make("input", { type: "date", "aria-label": `${field.label} from` });
    const until = make("input", { type: "date", "aria-label": `${field.label} until` });
    const brush = bars(field, tell);
    from.onchange = until.onchange = () => tell([from.value || null, until.value || null]);
    const days = make("span", { class: "tk-days" });
    days.append(from, "–", until);
    return group(field, [brush.element, days], ([first, last]) => {
      [from.value, until.value] = [first ?? "", last ?? ""];
      brush.show(first, last);
    });
  },
};

// Articles over time as bars; a drag over them chooses days, a click one bar, a second click on it all. By keyboard the days are set below.
function bars(field, tell) {
  const [wide, high] = [220, 44];
  const svg = make("svg", { viewBox: `0 0 ${wide} ${high}`, role: "img", "aria-label": field.told, class: "tk-bars", preserveAspectRatio: "none" }, "", "http://www.w3.org/2000/svg");
  const most = Math.max(...field.bars.map(({ count }) => count), 1);
  const step = wide / field.bars.length;
  svg.append(...field.bars.map(({ count }, at) => {
    const size = count ? Math.max(1, (count / most) * (high - 2)) : 0;
    return make("rect", { x: at * step, y: high - size, width: Math.max(step - 0.6, 0.4), height: size }, "", svg.namespaceURI);
  }));
  const place = (event) => {
    const { left, width } = svg.getBoundingClientRect();
    return Math.min(field.bars.length - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * field.bars.length)));
  };
  const span = (a, b) => [field.bars[Math.min(a, b)].from, field.bars[Math.max(a, b)].until];
  const show = (first, last) => [...svg.children].forEach((rect, at) => {
    const { from, until } = field.bars[at];
    rect.classList.toggle("tk-out", Boolean((first && until < first) || (last && from > last)));
  });
  let begun = null;
  let held = "";
  svg.onpointerdown = (event) => {
    if (!field.bars.length) return;
    begun = place(event);
    svg.setPointerCapture(event.pointerId);
    show(...span(begun, begun));
  };
  svg.onpointermove = (event) => begun !== null && show(...span(begun, place(event)));
  svg.onpointerup = (event) => {
    if (begun === null) return;
    const chosen = span(begun, place(event));
    held = same(chosen, held) ? "" : chosen;
    begun = null;
    tell(held || [null, null]);
  };
  return { element: svg, show: (first, last) => { held = [first, last]; show(first, last); } };
}

function line(field, tell, input, wait) {
  let timer;
  const now = () => { clearTimeout(timer); tell(input.value.trim()); };
  input.onchange = now;
  if (wait) input.oninput = () => { clearTimeout(timer); timer = setTimeout(now, wait); };
  return labelled(field, input, (value) => { if (input.value.trim() !== (value ?? "")) input.value = value ?? ""; });
}

function labelled(field, input, show, content = input) {
  input.id ||= fresh();
  const element = make("div", { class: "tk-field", title: field.tip });
  element.append(make("label", { for: input.id }, field.label), content, ...tipOf(field, input));
  return { element, show };
}

function group(field, content, show) {
  const element = make("fieldset", { class: "tk-field", title: field.tip });
  element.append(make("legend", {}, field.label), ...content, ...tipOf(field, element));
  return { element, show };
}

function tipOf(field, control) {
  if (!field.tip) return [];
  const tip = make("span", { class: "tk-tip", id: fresh() }, field.tip);
  control.setAttribute("aria-describedby", tip.id);
  return [tip];
}

function suggestions(names) {
  const list = make("datalist", { id: fresh() });
  list.append(...names.map((value) => make("option", { value })));
  return list;
}

const named = (name) => name.replaceAll("_", " ");
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const fresh = () => `tk-field-${(globalThis.toolkitFields = (globalThis.toolkitFields ?? 0) + 1)}`;

export default { render };
