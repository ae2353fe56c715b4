// Draws a compiled chart into an element; web pages and the notebook's widget share it.
// Vega interprets expressions (no eval), loads nothing from anywhere, and follows links to web pages only.

function showChart(element, spec, ink = {}) {
  const vega = globalThis.toolkitVega;
  const view = new vega.View(vega.parse(spec, ink, { ast: true }), {
    expr: vega.expressionInterpreter,
    loader: sealedLoader(),
    logLevel: vega.Warn,
    renderer: "svg",
    container: element,
    hover: true,
    tooltip: showTip,
  });
  return view.runAsync();
}

function sealedLoader() {
  const allowed = { href: /^(https?:|mailto:|#)/i, image: /^data:image\//i };
  return {
    load: (uri) => Promise.reject(new Error(`A chart may not load ${uri}.`)),
    sanitize: async (uri, options) => {
      if (!allowed[options?.context]?.test(uri)) throw new Error(`A chart may not point to ${uri}.`);
      return { href: uri, target: "_blank", rel: "noopener noreferrer" };
    },
  };
}

// The tooltip is made of text nodes: whatever the data say stays text.
function showTip(_handler, event, _item, value) {
  let tip = document.getElementById("tk-tip");
  if (value == null || value === "") return void tip?.remove();
  if (!tip) {
    tip = document.createElement("div");
    tip.id = "tk-tip";
    tip.setAttribute("role", "tooltip");
    tip.style.cssText =
      "position:fixed;z-index:10000;pointer-events:none;max-width:26em;padding:6px 10px;border-radius:4px;" +
      "background:#1f2328;color:#fff;font:12px/1.45 Inter,system-ui,sans-serif;box-shadow:0 2px 8px #0005";
    document.body.append(tip);
  }
  const rows = typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [[null, value]];
  tip.replaceChildren(...rows.map(([name, said]) => {
    const row = document.createElement("div");
    if (name !== null) {
      const label = document.createElement("b");
      label.textContent = `${name}: `;
      row.append(label);
    }
    row.append(said !== null && typeof said === "object" ? JSON.stringify(said) : String(said));
    return row;
  }));
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(event.clientX + 12, innerWidth - width - 4))}px`;
  tip.style.top = `${event.clientY + height + 20 > innerHeight ? event.clientY - height - 10 : event.clientY + 14}px`;
}
