//! A printed paper held to the scanner: the code is read off its picture, so that the bytes
//! scanned are those that were printed.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Instant,
};

use bench::barcode_reader::Mood;
use slint::{ComponentHandle, ModelRc, SharedString, VecModel};

use crate::{
    panel::{SharedBench, lock},
    prints::{draw_receipt, draw_sheet},
};
use dock_ui::DockWindow;

const MOODS: [(Mood, &str); 5] = [
    (Mood::Well, "정상"),
    (Mood::Garbage, "엉뚱한 글자"),
    (Mood::CutOff, "끊김"),
    (Mood::Flood, "쏟아짐"),
    (Mood::Dead, "응답 없음"),
];

/// The keys of the scanner's bank. Pictures lie in `folder`.
pub(crate) fn connect(window: &DockWindow, bench: &SharedBench, folder: &Path) {
    let moods: VecModel<SharedString> = MOODS.iter().map(|(_, it)| (*it).into()).collect();
    window.set_scanner_moods(ModelRc::new(moods));
    let (shown, using) = (window.as_weak(), bench.clone());
    window.on_feel_scanner(move |index| {
        let mood = usize::try_from(index).ok().and_then(|it| MOODS.get(it));
        if let (Some((mood, _)), Some(window)) = (mood, shown.upgrade()) {
            let scanner = &lock(&using).barcode_reader;
            scanner.with(|reader| reader.set_mood(*mood));
            window.set_scanner_mood(index);
        }
    });
    type Hold = fn(&SharedBench, &Path) -> io::Result<()>;
    let held = |hold: Hold| {
        let (using, folder) = (bench.clone(), folder.to_owned());
        move || {
            // A picture is drawn and searched in a moment; the windows do not wait.
            let (using, folder) = (using.clone(), folder.clone());
            std::thread::spawn(move || {
                if let Err(error) = hold(&using, &folder) {
                    tracing::warn!(%error, "Nothing was held to the scanner");
                }
            });
        }
    };
    window.on_hold_sheet(held(hold_sheet));
    window.on_hold_slip(held(hold_slip));
}

/// Holds the newest A4 sheet to the scanner.
///
/// # Errors
/// When none was printed, or no code is found on it.
pub fn hold_sheet(bench: &SharedBench, folder: &Path) -> io::Result<()> {
    let printed = lock(bench).document_printer.newest()?;
    let pdf = printed.ok_or_else(|| io::Error::other("no sheet was printed"))?;
    hold(bench, &code_of_sheet(&pdf, folder)?);
    Ok(())
}

/// Holds the newest slip to the scanner.
///
/// # Errors
/// When none was printed, or no code is found on it.
pub fn hold_slip(bench: &SharedBench, folder: &Path) -> io::Result<()> {
    let papers = lock(bench)
        .receipt_printer
        .with(|printer| printer.papers().to_vec());
    let picture = folder.join("held-slip.png");
    let paper = papers.last();
    let paper = paper.ok_or_else(|| io::Error::other("no slip was printed"))?;
    draw_receipt(paper, &picture)?;
    hold(bench, &code_on(&picture)?);
    Ok(())
}

/// What the square code of a printed certificate says.
///
/// # Errors
/// When the sheet cannot be drawn, or no code is found on it.
pub fn code_of_sheet(pdf: &[u8], folder: &Path) -> io::Result<String> {
    let sheet = folder.join("held-sheet.pdf");
    fs::write(&sheet, pdf)?;
    code_on(&draw_sheet(&sheet, &folder.join("held-sheet"))?)
}

/// What the square code in a picture says.
///
/// # Errors
/// When there is none.
pub fn code_on(picture: &PathBuf) -> io::Result<String> {
    let codes = verify::codes(&fs::read(picture)?).unwrap_or_default();
    let code = codes.into_iter().next();
    code.ok_or_else(|| io::Error::other("no square code is found on the paper"))
}

fn hold(bench: &SharedBench, code: &str) {
    let now = Instant::now();
    let scanner = &lock(bench).barcode_reader;
    scanner.with(|reader| reader.hold(code.as_bytes(), now));
}
