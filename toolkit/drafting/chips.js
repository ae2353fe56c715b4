// Words as buttons; a click tells the kernel which.

function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "tk-chips";
  root.setAttribute("role", "group");
  el.append(root);

  const show = () => {
    const held = root.contains(document.activeElement) ? [...root.querySelectorAll("button")].indexOf(document.activeElement) : -1;
    root.setAttribute("aria-label", model.get("label"));
    const head = Object.assign(document.createElement("span"), { className: "tk-label", textContent: model.get("label") });
    const chips = model.get("words").map(([word, remark]) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.title = remark ? `${model.get("action")} ${word}: ${remark}` : `${model.get("action")} ${word}`;
      chip.setAttribute("aria-label", `${model.get("action")} ${word}`);
      chip.append(Object.assign(document.createElement("span"), { textContent: word }));
      if (remark) chip.append(Object.assign(document.createElement("small"), { textContent: remark }));
      chip.append(Object.assign(document.createElement("b"), { textContent: model.get("sign") }));
      chip.onclick = () => model.send({ word });
      return chip;
    });
    const rest = Object.assign(document.createElement("span"), { textContent: model.get("rest") });
    root.replaceChildren(head, ...chips, rest);
    if (held >= 0) (chips[Math.min(held, chips.length - 1)] ?? root).focus?.(); // whoever works by keyboard stays in place
  };
  const traits = "change:words change:rest change:label";
  model.on(traits, show);
  show();
  return () => model.off(traits, show);
}

export default { render };
