// An element with its attributes, those that are empty left out, and its text: never markup.
function make(tag, attributes = {}, text = "", space = "http://www.w3.org/1999/xhtml") {
  const element = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== "" && value != null) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
}
