//! The QR code of a seal (ISO/IEC 18004), as a drawing.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// Light modules a reader needs around the symbol.
const QUIET_ZONE: i32 = 4;

/// Modules of a QR code; level M, because larger modules beat more correction.
pub struct Symbol {
    code: QrCode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SymbolError {
    #[error("the seal is too large for its place on the paper")]
    TooLarge,
}

impl Symbol {
    /// # Errors
    /// When the text needs a symbol above `version_max` (1 to 40).
    pub fn of(text: &str, version_max: u8) -> Result<Self, SymbolError> {
        let segment = if QrSegment::is_alphanumeric(text) {
            QrSegment::make_alphanumeric(text)
        } else {
            QrSegment::make_bytes(text.as_bytes())
        };
        let code = QrCode::encode_segments_advanced(
            &[segment],
            QrCodeEcc::Medium,
            Version::MIN,
            Version::new(version_max.clamp(1, 40)),
            None,
            false,
        )
        .map_err(|_| SymbolError::TooLarge)?;
        Ok(Self { code })
    }

    /// Modules along one side, the quiet zone included.
    pub fn size(&self) -> u32 {
        u32::try_from(self.code.size() + 2 * QUIET_ZONE).unwrap_or(0)
    }

    /// Whether the module at a place (quiet zone included) is dark.
    pub fn dark(&self, x: u32, y: u32) -> bool {
        let place = |it: u32| i32::try_from(it).unwrap_or(-1) - QUIET_ZONE;
        self.code.get_module(place(x), place(y))
    }

    /// One path of horizontal runs on white, one unit a module.
    pub fn to_svg(&self) -> String {
        let size = self.size();
        let mut path = String::new();
        for y in 0..size {
            let mut x = 0;
            while x < size {
                let start = x;
                while x < size && self.dark(x, y) {
                    x += 1;
                }
                if x > start {
                    let run = x - start;
                    path.push_str(&format!("M{start} {y}h{run}v1h-{run}z"));
                }
                x += 1;
            }
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" \
             width=\"{size}\" height=\"{size}\"><rect width=\"{size}\" height=\"{size}\" \
             fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
        )
    }
}
