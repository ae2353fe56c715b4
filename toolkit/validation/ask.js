// One question about a sentence, answered by button or by the keys y, n and s; b goes back.

const KEYS = { y: "yes", n: "no", s: "skip", b: "back" };

function render({ model, el }) {
  const root = make("div", { class: "tk-ask", role: "group", "aria-label": "Question", tabindex: "0" });
  const place = make("p", { class: "tk-place" });
  const text = make("blockquote");
  const question = make("p", { class: "tk-question", "aria-live": "polite" });
  const bar = make("div", { class: "tk-bar" });
  const answer = (said) => model.send({ answer: said });
  for (const [key, said] of Object.entries(KEYS)) {
    const label = said[0].toUpperCase() + said.slice(1);
    const button = make("button", { type: "button", "aria-keyshortcuts": key, title: `${label} (${key})` }, label);
    button.onclick = () => answer(said);
    bar.append(button);
  }
  const state = make("span", { role: "status" });
  bar.append(state);
  root.append(place, text, question, bar);
  el.append(root);
  root.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the notebook has keys of its own
    const said = KEYS[event.key.toLowerCase()];
    if (said && !event.ctrlKey && !event.metaKey && !event.altKey) answer(said);
  });

  const show = () => {
    const item = model.get("item");
    place.textContent = item.place ?? "";
    text.replaceChildren(
      make("span", { class: "tk-around" }, item.before ?? ""),
      make("span", {}, item.left ?? ""),
      make("mark", {}, item.marked ?? ""),
      make("span", {}, item.right ?? ""),
      make("span", { class: "tk-around" }, item.after ?? ""),
    );
    text.hidden = !item.question;
    question.textContent = item.question || "That was the last question.";
    bar.querySelectorAll("button").forEach((button) => (button.disabled = !item.question && button.textContent !== "Back"));
    state.textContent = model.get("state");
  };
  model.on("change:item change:state", show);
  show();
  return () => model.off("change:item change:state", show);
}

export default { render };
