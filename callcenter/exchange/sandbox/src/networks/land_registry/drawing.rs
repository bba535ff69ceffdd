//! A parcel and its neighbors as the papers draw them.

use serde_json::{Value, json};
use world::{Parcel, Point, World};

/// Those maps are drawn at.
const SCALES: [u32; 7] = [500, 600, 1_000, 1_200, 2_400, 3_000, 6_000];
/// The frame on the paper, in meters.
const FRAME: (f64, f64) = (0.172, 0.092);

/// The scale, and the parcels with their texts and corners in meters.
pub(super) fn drawing(world: &World, parcel: &Parcel) -> (u32, Vec<Value>) {
    let plat = world.plat(parcel);
    let drawn = plat.parcels.iter().map(|it| {
        let corners: Vec<[f64; 2]> = it.corners.iter().map(|at| [at.east, at.north]).collect();
        json!({ "text": it.label, "asked": it.parcel == parcel.id, "corners": corners })
    });
    (scale(&parcel.corners), drawn.collect())
}

/// The largest at which the parcel takes up no more than half of the frame.
fn scale(corners: &[Point]) -> u32 {
    let extent = |of: fn(&Point) -> f64| {
        let most = corners.iter().map(of).fold(f64::MIN, f64::max);
        most - corners.iter().map(of).fold(f64::MAX, f64::min)
    };
    let (width, depth) = (extent(|it| it.east), extent(|it| it.north));
    let fits = |scale: &&u32| {
        let scale = f64::from(**scale);
        width * 2.0 <= FRAME.0 * scale && depth * 2.0 <= FRAME.1 * scale
    };
    SCALES.iter().find(fits).copied().unwrap_or(SCALES[6])
}
