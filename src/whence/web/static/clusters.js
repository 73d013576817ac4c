/** Places as marks on a map: points that stand close together become one, extents stay what they are. */

const ORDER = ["region", "country", "admin1", "other", "city"];

/**
 * Marks for the places of `/api/map`: `{grain, places, events, lat, lon, box}`, the larger extents first, for they lie
 * below. Towns, and provinces, inside one square of `cell` degrees are one mark, at the middle of their events; a country
 * or a region of several countries is one only with what has the very same point. `box` is south, west, north, east of a
 * mark's places: no place of another mark of this grain lies in it.
 */
export function marks(places, cell) {
  const found = new Map();
  for (const place of places) {
    if (place.lat === null || place.lon === null) continue;
    const isExtent = place.grain === "country" || place.grain === "region";
    const square = isExtent ? [place.lat, place.lon] : [Math.floor((place.lat + 90) / cell), Math.floor((place.lon + 180) / cell)];
    const key = `${place.grain} ${square}`;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(place);
  }
  return [...found.values()].map(mark).sort((a, b) => ORDER.indexOf(a.grain) - ORDER.indexOf(b.grain) || b.events - a.events);
}

function mark(places) {
  const events = places.reduce((sum, place) => sum + place.events, 0);
  const middle = (name) => places.reduce((sum, place) => sum + place[name] * place.events, 0) / events;
  const lats = places.map((place) => place.lat);
  const lons = places.map((place) => place.lon);
  const box = [Math.min(...lats), Math.min(...lons), Math.max(...lats), Math.max(...lons)];
  const [lat, lon] = box[0] === box[2] && box[1] === box[3] ? [box[0], box[1]] : [middle("lat"), middle("lon")];
  return { grain: places[0].grain, country: places[0].country, places, events, lat, lon, box };
}

/** Whether all places of a mark stand at one point, perhaps under several names. */
export function isOne(mark) {
  return mark.box[0] === mark.box[2] && mark.box[1] === mark.box[3];
}
