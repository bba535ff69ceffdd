//! What is to be read in a picture. It takes some milliseconds, or some hundred.

use devices::barcode_reader::{Barcode, DATA_MAX, ScanFault, Symbology};
use privacy::Personal;
use rxing::{
    BarcodeFormat, BinaryBitmap, DecodeHints, Luma8Source, MultiFormatReader, RXingResult, Reader,
    common::HybridBinarizer,
};

use super::picture::Picture;
use crate::barcode_reader::framing::legible;

/// What a look at a picture brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// It shows no code.
    Nothing,
    Code(Barcode),
    /// It shows a code that is of no use.
    Illegible(ScanFault),
    /// It is no picture.
    NoPicture,
}

/// Those that [`Symbology`] has a name for. Interleaved 2 of 5 is read in any pattern of
/// stripes, and nobody asks for it.
const FORMATS: [(BarcodeFormat, Symbology); 8] = [
    (BarcodeFormat::QR_CODE, Symbology::Qr),
    (BarcodeFormat::DATA_MATRIX, Symbology::DataMatrix),
    (BarcodeFormat::PDF_417, Symbology::Pdf417),
    (BarcodeFormat::AZTEC, Symbology::Aztec),
    (BarcodeFormat::CODE_39, Symbology::Code39),
    (BarcodeFormat::CODE_128, Symbology::Code128),
    (BarcodeFormat::EAN_13, Symbology::Ean),
    (BarcodeFormat::EAN_8, Symbology::Ean),
];

/// Looks for a code; of several, one is told.
pub fn look(picture: &Picture) -> Sight {
    let Some(brightness) = picture.brightness() else {
        return Sight::NoPicture;
    };
    let (Ok(width), Ok(height)) = (
        u32::try_from(brightness.width),
        u32::try_from(brightness.height),
    ) else {
        return Sight::NoPicture;
    };
    let Ok(source) = Luma8Source::new_with_slice(&brightness.dots, width, height) else {
        return Sight::NoPicture;
    };
    let hints = DecodeHints {
        TryHarder: Some(true),
        PossibleFormats: Some(FORMATS.map(|(format, _)| format).into()),
        ..DecodeHints::default()
    };
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    MultiFormatReader::default()
        .decode_with_hints(&mut bitmap, &hints)
        .map_or(Sight::Nothing, |found| read(&found))
}

fn read(found: &RXingResult) -> Sight {
    let text = found.getText();
    let known = FORMATS
        .iter()
        .find(|(format, _)| format == found.getBarcodeFormat());
    let symbology = known.map_or(Symbology::Other, |(_, symbology)| *symbology);
    if text.is_empty() {
        Sight::Nothing
    } else if text.len() > DATA_MAX {
        Sight::Illegible(ScanFault::TooLong)
    } else if !legible(text) {
        Sight::Illegible(ScanFault::Garbage)
    } else {
        Sight::Code(Barcode {
            symbology,
            text: Personal::new(text.to_owned()),
        })
    }
}
