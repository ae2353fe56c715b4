// Code that gives what is shown: a button copies it, a drawer shows it.

function render({ model, el }) {
  const root = make("div", { class: "tk-code" });
  const copy = make("button", { type: "button" }, "Copy as code");
  const said = make("span", { role: "status", "aria-live": "polite" });
  const drawer = make("details");
  const listing = make("pre", { tabindex: "0", "aria-label": "Code" });
  drawer.append(make("summary", {}, "Code"), listing);
  root.append(copy, said, drawer);
  el.append(root);
  root.addEventListener("keydown", (event) => event.stopPropagation()); // the notebook has keys of its own

  copy.onclick = async () => {
    const code = model.get("code");
    try {
      await navigator.clipboard.writeText(code);
      said.textContent = "Copied";
    } catch { // a page without https has no clipboard interface
      drawer.open = true;
      getSelection().selectAllChildren(listing);
      said.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C to copy";
    }
    setTimeout(() => (said.textContent = ""), 3000);
  };

  const show = () => (listing.textContent = model.get("code"));
  model.on("change:code", show);
  show();
  return () => model.off("change:code", show);
}

export default { render };
