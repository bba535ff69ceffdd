//! Receipt printers.

mod encoding;
pub mod escpos_thermal;
mod layout;
mod raster;
mod status;
mod typeface;

pub use layout::lay_out;
pub use raster::Raster;
pub use typeface::{Typeface, TypefaceError};
