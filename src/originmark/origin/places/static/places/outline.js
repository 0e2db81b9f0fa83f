// Draw the outline of a plot: tap the map, or walk along the edge and take the phone's position.
// The outline is written as GeoJSON into the text field of the form, which works without this.
"use strict";

(() => {
  const box = document.querySelector("[data-outline-map]");
  const text = document.querySelector("textarea[data-outline]");
  if (!box || !text || !window.L) return;

  const EARTH_M = 6371008.8;
  const state = box.querySelector(".outline-state");
  const say = (message) => { state.textContent = message; };
  text.closest(".field").before(box);
  box.hidden = false;

  const map = L.map(box.querySelector(".outline-map"), { zoomControl: true, attributionControl: Boolean(box.dataset.tilesCredit), zoomSnap: 0.5 });
  map.setView([30, 108], 5);
  L.control.scale({ imperial: false }).addTo(map);
  if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { attribution: box.dataset.tilesCredit, maxZoom: 19 }).addTo(map);
  if (map.attributionControl) map.attributionControl.setPrefix(false);

  // A net of degrees stands in for a base map.
  const net = L.layerGroup().addTo(map);
  function weave() {
    net.clearLayers();
    const view = map.getBounds();
    const span = Math.max(view.getEast() - view.getWest(), view.getNorth() - view.getSouth());
    const step = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001].find((each) => span / each >= 4) ?? 0.001;
    const style = { className: "outline-net", interactive: false, weight: 1 };
    for (let x = Math.ceil(view.getWest() / step) * step; x < view.getEast(); x += step) L.polyline([[view.getSouth(), x], [view.getNorth(), x]], style).addTo(net);
    for (let y = Math.ceil(view.getSouth() / step) * step; y < view.getNorth(); y += step) L.polyline([[y, view.getWest()], [y, view.getEast()]], style).addTo(net);
  }
  map.on("moveend", weave);
  weave();

  let corners = []; // [longitude, latitude]
  const drawn = L.layerGroup().addTo(map);
  const rounded = (value) => Math.round(value * 1e7) / 1e7;

  function read() {
    try {
      let found = JSON.parse(text.value);
      if (found.type === "Feature") found = found.geometry;
      if (found.type !== "Polygon" || found.coordinates.length !== 1) return null;
      const ring = found.coordinates[0].map(([x, y]) => [x, y]);
      const last = ring.length - 1;
      if (last > 0 && ring[0][0] === ring[last][0] && ring[0][1] === ring[last][1]) ring.pop();
      return ring;
    } catch { return null; }
  }

  function write() {
    const ring = [...corners, corners[0]];
    text.value = corners.length > 2 ? JSON.stringify({ type: "Polygon", coordinates: [ring] }) : "";
    draw();
  }

  function draw() {
    drawn.clearLayers();
    const points = corners.map(([x, y]) => [y, x]);
    if (points.length > 2) L.polygon(points, { className: crosses() ? "outline-plot outline-wrong" : "outline-plot", interactive: false }).addTo(drawn);
    else if (points.length) L.polyline(points, { className: "outline-plot", interactive: false }).addTo(drawn);
    corners.forEach((corner, index) => {
      const icon = L.divIcon({ className: "outline-corner", html: `<span>${index + 1}</span>`, iconSize: [28, 28] });
      L.marker([corner[1], corner[0]], { icon, draggable: true, keyboard: false }).on("dragend", (event) => {
        const at = event.target.getLatLng();
        corners[index] = [rounded(at.lng), rounded(at.lat)];
        write();
      }).addTo(drawn);
    });
    const words = [`${corners.length} ${box.dataset.sayCorners}`];
    if (corners.length > 2) words.push(`${box.dataset.sayArea} ${hectares().toLocaleString(document.documentElement.lang, { maximumSignificantDigits: 4 })} ha`);
    say(crosses() ? box.dataset.sayCrosses : words.join(", "));
  }

  function hectares() {
    const radians = Math.PI / 180;
    let sum = 0;
    corners.forEach(([x, y], index) => {
      const [u, v] = corners[(index + 1) % corners.length];
      sum += (u - x) * radians * (2 + Math.sin(y * radians) + Math.sin(v * radians));
    });
    return Math.abs(sum * EARTH_M * EARTH_M / 2) / 10000;
  }

  function crosses() {
    const side = ([ax, ay], [bx, by], [cx, cy]) => Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
    const count = corners.length;
    for (let i = 0; i < count; i++) {
      for (let j = i + 2; j < count; j++) {
        if (i === 0 && j === count - 1) continue;
        const [a, b, c, d] = [corners[i], corners[i + 1], corners[j], corners[(j + 1) % count]];
        if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return true;
      }
    }
    return false;
  }

  function add(longitude, latitude) {
    corners.push([rounded(longitude), rounded(latitude)]);
    write();
  }

  map.on("click", (event) => add(event.latlng.lng, event.latlng.lat));
  box.querySelector("[data-outline-centre]").addEventListener("click", () => add(map.getCenter().lng, map.getCenter().lat));
  box.querySelector("[data-outline-undo]").addEventListener("click", () => { corners.pop(); write(); });
  box.querySelector("[data-outline-clear]").addEventListener("click", () => { corners = []; write(); });
  box.querySelector("[data-outline-here]").addEventListener("click", () => {
    const refuse = () => say(box.dataset.sayDenied);
    if (!navigator.geolocation) { refuse(); return; }
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      add(coords.longitude, coords.latitude);
      map.setView([coords.latitude, coords.longitude], Math.max(map.getZoom(), 17));
      say(`${state.textContent}. ${box.dataset.sayAccuracy} ${Math.round(coords.accuracy)}`);
    }, refuse, { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 });
  });
  text.addEventListener("change", () => { corners = read() ?? []; draw(); });

  async function lay() {
    const response = await fetch(box.dataset.layers);
    if (!response.ok) return;
    const layer = L.geoJSON(await response.json(), {
      style: (feature) => ({ className: feature.properties.kind === "boundary" ? "outline-boundary" : "outline-known", interactive: false }),
      pointToLayer: (feature, at) => L.circleMarker(at, { radius: 5, className: "outline-known", interactive: false }),
      interactive: false,
    }).addTo(map);
    layer.bringToBack();
    if (!corners.length && layer.getLayers().length) map.fitBounds(layer.getBounds(), { padding: [16, 16] });
  }

  corners = read() ?? [];
  draw();
  if (corners.length) map.fitBounds(L.latLngBounds(corners.map(([x, y]) => [y, x])), { padding: [32, 32], maxZoom: 17 });
  lay();
})();
