// Say where a pack is, to about a kilometre. A scan is written down a moment after the page came, so
// one that is not found yet is asked about again.
"use strict";

(() => {
  const block = document.querySelector("[data-place]");
  if (!block || !navigator.geolocation) return;
  const button = block.querySelector("button"), state = block.querySelector("[role=status]");
  const { place: url, code, thanks, denied, refused } = block.dataset;
  block.hidden = false;

  const rest = (ms) => new Promise((done) => setTimeout(done, ms));
  const send = async (said) => {
    for (let tries = 0; tries < 4; tries += 1) {
      const answer = await fetch(url, { method: "POST", body: said });
      if (answer.status !== 404) return answer.ok;
      await rest(1500);
    }
    return false;
  };
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(async ({ coords }) => {
      const said = new URLSearchParams({
        code, latitude: coords.latitude.toFixed(2), longitude: coords.longitude.toFixed(2),
      });
      const isKept = await send(said).catch(() => false);
      state.textContent = isKept ? thanks : refused;
      button.hidden = isKept;
      button.removeAttribute("aria-busy");
    }, () => {
      state.textContent = denied;
      button.removeAttribute("aria-busy");
    }, { timeout: 15000 });
  });
})();
