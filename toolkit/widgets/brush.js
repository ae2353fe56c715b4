// Dragging a rectangle over a chart: `done` is told its edges, in pixels of the page, when it ends. Joined before chart.js.

const FIRM = 5; // pixels; a shorter drag is a click

function brushed(box, done) {
  const frame = Object.assign(document.createElement("div"), { className: "tk-brush", hidden: true });
  let begun = null;
  const area = (event) => ({
    left: Math.min(begun.clientX, event.clientX), right: Math.max(begun.clientX, event.clientX),
    top: Math.min(begun.clientY, event.clientY), bottom: Math.max(begun.clientY, event.clientY),
  });

  box.addEventListener("pointerdown", (event) => {
    begun = event.button === 0 && event.target.closest("svg") ? event : null;
  });
  box.addEventListener("pointermove", (event) => {
    if (!begun) return;
    const { left, right, top, bottom } = area(event);
    if (frame.hidden && Math.max(right - left, bottom - top) < FIRM) return;
    if (frame.hidden) {
      box.append(frame);
      box.setPointerCapture(event.pointerId); // from here on the chart hears of no click
      frame.hidden = false;
    }
    const edge = box.getBoundingClientRect();
    Object.assign(frame.style, {
      left: `${left - edge.left + box.scrollLeft}px`, top: `${top - edge.top + box.scrollTop}px`,
      width: `${right - left}px`, height: `${bottom - top}px`,
    });
  });
  box.addEventListener("pointerup", (event) => {
    if (!frame.hidden) done(area(event));
    frame.hidden = true;
    begun = null;
  });
  box.addEventListener("pointercancel", () => {
    frame.hidden = true;
    begun = null;
  });
}
