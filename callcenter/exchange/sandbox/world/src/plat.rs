//! Where parcels lie: rows beside roads, so that their edges meet and their areas are
//! what the ledger says.

use crate::{Draw, Parcel, ParcelId, Point};

/// As long as a row of parcels may be, in meters.
const ROW_METERS: f64 = 420.0;
const ROAD_METERS: f64 = 8.0;
/// A boundary leans so far at the most, to either side.
const LEAN_METERS: f64 = 1.5;

/// A parcel with those around it, for a cadastral map.
#[derive(Clone, Debug)]
pub struct Plat {
    /// 1 : so many.
    pub scale: u32,
    pub parcels: Vec<Plotted>,
}

#[derive(Clone, Debug)]
pub struct Plotted {
    pub parcel: ParcelId,
    /// With the sign of its use: `12-3대`.
    pub label: String,
    pub corners: Vec<Point>,
}

/// Gives the parcels of one district their corners.
pub(crate) fn lay_out(parcels: &mut [&mut Parcel], draw: &mut Draw) {
    // Alike sizes side by side, else a row would be a few thin strips.
    parcels.sort_by_key(|it| (depth_of(it.area_square_meters), it.id));
    let (mut north, mut next) = (0.0, 0);
    while next < parcels.len() {
        let depth = depth_of(parcels[next].area_square_meters);
        let mut west = Boundary::straight(0.0);
        while let Some(parcel) = parcels.get_mut(next) {
            let width = parcel.area_square_meters / f64::from(depth);
            let fits = west.middle == 0.0 || west.middle + width <= ROW_METERS;
            if depth_of(parcel.area_square_meters) != depth || !fits {
                break;
            }
            let east = Boundary {
                middle: west.middle + width,
                lean: lean(draw, width),
            };
            parcel.corners = corners(&west, &east, north, f64::from(depth));
            (west, next) = (east, next + 1);
        }
        north += f64::from(depth) + ROAD_METERS;
    }
}

/// Between two parcels of a row. It leans about its middle, which takes nothing from
/// either of them.
struct Boundary {
    middle: f64,
    lean: f64,
}

impl Boundary {
    fn straight(middle: f64) -> Self {
        Self { middle, lean: 0.0 }
    }
}

fn lean(draw: &mut Draw, width: f64) -> f64 {
    let most = (width / 4.0).min(LEAN_METERS);
    draw.tenths(-most, most)
}

fn corners(west: &Boundary, east: &Boundary, south: f64, depth: f64) -> Vec<Point> {
    let point = |boundary: &Boundary, side: f64| Point {
        east: centimeters(boundary.middle + side * boundary.lean),
        north: centimeters(if side < 0.0 { south } else { south + depth }),
    };
    vec![
        point(west, -1.0),
        point(east, -1.0),
        point(east, 1.0),
        point(west, 1.0),
    ]
}

fn centimeters(meters: f64) -> f64 {
    (meters * 100.0).round() / 100.0
}

/// Of a row, in meters, by the area of its parcels.
fn depth_of(area: f64) -> u32 {
    match area {
        ..500.0 => 18,
        ..2_500.0 => 36,
        ..8_000.0 => 64,
        _ => 120,
    }
}

/// The parcel in the middle of a sheet, with what else is seen on it.
pub(crate) fn around(parcel: &Parcel, district: &[&Parcel]) -> Plat {
    let frame = Frame::around(parcel);
    let parcels = district
        .iter()
        .filter(|it| frame.shows(it))
        .map(|it| Plotted {
            parcel: it.id,
            label: format!("{}{}", it.number_text(), it.category.short()),
            corners: it.corners.clone(),
        })
        .collect();
    Plat {
        scale: frame.scale(),
        parcels,
    }
}

struct Frame {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

impl Frame {
    fn of(parcel: &Parcel) -> Self {
        let nowhere = Self {
            west: f64::MAX,
            east: f64::MIN,
            south: f64::MAX,
            north: f64::MIN,
        };
        parcel.corners.iter().fold(nowhere, |frame, corner| Self {
            west: frame.west.min(corner.east),
            east: frame.east.max(corner.east),
            south: frame.south.min(corner.north),
            north: frame.north.max(corner.north),
        })
    }

    /// Half as much again on each side, and 25 meters at least.
    fn around(parcel: &Parcel) -> Self {
        let Self {
            west,
            east,
            south,
            north,
        } = Self::of(parcel);
        let margin = ((east - west).max(north - south) / 2.0).max(25.0);
        Self {
            west: west - margin,
            east: east + margin,
            south: south - margin,
            north: north + margin,
        }
    }

    fn shows(&self, parcel: &Parcel) -> bool {
        let other = Self::of(parcel);
        other.west < self.east
            && self.west < other.east
            && other.south < self.north
            && self.south < other.north
    }

    /// The scale of the official sheets (Cadastral Surveying Rules) it fits on.
    fn scale(&self) -> u32 {
        let span = (self.east - self.west).max(self.north - self.south);
        match span {
            ..90.0 => 500,
            ..110.0 => 600,
            ..180.0 => 1_000,
            ..220.0 => 1_200,
            ..450.0 => 2_400,
            _ => 6_000,
        }
    }
}
