// An article to read. Its HTML is made in Python, where whatever an article says is escaped.

function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "tk-reader";
  root.tabIndex = 0;
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", "Article");
  root.addEventListener("keydown", (event) => event.stopPropagation()); // the notebook has keys of its own
  el.append(root);
  const hidden = new Set(); // layers switched off stay off in the next article
  let shown = "";

  function show() {
    const html = model.get("html");
    root.hidden = !html;
    if (html !== shown) {
      root.innerHTML = shown = html;
      root.querySelectorAll("input[data-layer]").forEach((box) => {
        box.checked = !hidden.has(box.dataset.layer);
        box.onchange = () => hidden[box.checked ? "delete" : "add"](box.dataset.layer);
      });
    }
    root.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const sentence = root.querySelector(`[data-sentence="${model.get("sentence")}"]`);
    if (!sentence) return void (root.scrollTop = 0);
    sentence.setAttribute("aria-current", "true");
    const [box, place] = [root.getBoundingClientRect(), sentence.getBoundingClientRect()];
    root.scrollTop += place.top - box.top - box.height / 3; // the page itself stays where it is
  }

  model.on("change:html", show);
  model.on("change:sentence", show);
  show();
  return () => {
    model.off("change:html", show);
    model.off("change:sentence", show);
  };
}

export default { render };
