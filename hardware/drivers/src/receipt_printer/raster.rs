//! Dots on a thermal roll.

/// Dots across an 80 mm roll at 203 dpi.
pub(super) const WIDTH: usize = 576;
pub(super) const ROW_BYTES: usize = WIDTH / 8;

/// A black-and-white picture as wide as the roll; a set bit is a burnt dot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raster {
    pub rows: Vec<[u8; ROW_BYTES]>,
}

impl Raster {
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn feed(&mut self, dots: usize) {
        self.rows.resize(self.rows.len() + dots, [0; ROW_BYTES]);
    }

    /// Burns a dot; outside of the paper nothing happens.
    pub(super) fn burn(&mut self, x: i32, y: i32) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
            return;
        };
        if x < WIDTH && y < self.rows.len() {
            self.rows[y][x / 8] |= 0x80 >> (x % 8);
        }
    }

    pub(super) fn burn_box(&mut self, x: i32, y: i32, width: i32, height: i32) {
        for row in y..y + height {
            for column in x..x + width {
                self.burn(column, row);
            }
        }
    }
}
