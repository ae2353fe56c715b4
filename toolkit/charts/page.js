// Turns the still pictures of a page into live charts, one after the other as they come into view.

async function unpackVega() {
  const packed = Uint8Array.from(atob(document.getElementById("tk-vega").textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(stream).text();
  document.head.append(script);
}

async function enliven(picture, unpacked) {
  await unpacked;
  const live = document.createElement("div");
  await showChart(live, JSON.parse(picture.parentElement.querySelector(".tk-spec").textContent));
  picture.replaceChildren(live);
  picture.dataset.live = "true";
}

let unpacked;
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    unpacked ??= unpackVega();
    // The still picture stays where a chart cannot be made live.
    enliven(target, unpacked).catch((error) => console.warn(error));
  }
}, { rootMargin: "400px" });
document.querySelectorAll(".tk-picture").forEach((picture) => seen.observe(picture));
