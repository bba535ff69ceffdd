//! What came out of the printers, as pictures.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use bench::receipt_printer::Paper;

/// Dots per inch at which sheets are drawn: what a kiosk's own thermal head has.
const RESOLUTION: &str = "203";

/// Draws the first page of a sheet; answers the picture's file.
///
/// # Errors
/// When `pdftoppm` (poppler) is missing or cannot read the sheet.
pub fn draw_sheet(pdf: &Path, picture: &Path) -> io::Result<PathBuf> {
    let status = Command::new("pdftoppm")
        .args(["-png", "-singlefile", "-r", RESOLUTION])
        .arg(pdf)
        .arg(picture)
        .stderr(Stdio::null())
        .status()?;
    if status.success() {
        Ok(picture.with_extension("png"))
    } else {
        Err(io::Error::other("pdftoppm cannot draw the sheet"))
    }
}

/// Draws a receipt, one pixel a dot, on the paper it is burnt into.
///
/// # Errors
/// When the file cannot be written.
pub fn draw_receipt(paper: &Paper, picture: &Path) -> io::Result<()> {
    let mut file = io::BufWriter::new(fs::File::create(picture)?);
    paper.write_png(&mut file)?;
    file.flush()
}
