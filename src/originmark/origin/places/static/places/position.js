// Fill latitude and longitude of a form with the phone's position.
"use strict";

(() => {
  const block = document.querySelector("[data-position]");
  const latitude = document.querySelector("[data-latitude]");
  const longitude = document.querySelector("[data-longitude]");
  if (!block || !latitude || !longitude || !navigator.geolocation) return;
  block.hidden = false;
  const state = block.querySelector("[role=status]");
  block.querySelector("button").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      latitude.value = coords.latitude.toFixed(6);
      longitude.value = coords.longitude.toFixed(6);
      state.textContent = `± ${Math.round(coords.accuracy)} m`;
    }, () => { state.textContent = block.dataset.sayDenied; }, { enableHighAccuracy: true, timeout: 15000 });
  });
})();
