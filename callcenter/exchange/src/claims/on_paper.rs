//! Enrolment without a network: a machine's request comes as a text that it has printed, and
//! its answer goes back as one that its scanner reads.

use std::path::Path;

use anyhow::Context;
use fleet::on_paper::{Request, certificate_text};
use privacy::Personal;
use qrcodegen::{QrCode, QrCodeEcc};
use request::{StationId, Timestamp};

use super::redeem;

/// White around the code (ISO/IEC 18004, 5.3.8), in its modules.
const QUIET: i32 = 4;
const BLACK_ON_WHITE: &str = "\x1b[30;107m";
const AS_BEFORE: &str = "\x1b[0m";

/// Certifies the key of a request on paper, as the enrolment door does of one that comes over
/// the network; answers the text that goes back.
///
/// # Errors
/// When it is no such request, or why its key is not certified.
pub fn certify_on_paper(
    data: &Path,
    roster: &Path,
    text: &str,
    now: Timestamp,
) -> anyhow::Result<String> {
    let asked = Request::read(text)?;
    let code = Personal::new(asked.code.to_owned());
    let station = StationId::new(asked.station);
    let certificate = redeem(data, roster, &station, &code, &asked.der()?, now)?;
    Ok(certificate_text(&certificate))
}

/// A text as a code that is read from a terminal: two modules in each letter's height, black on
/// white whatever its colours are (ECMA-48, 8.3.117).
///
/// # Errors
/// When the text is longer than a code holds.
pub fn drawn_for_terminal(text: &str) -> anyhow::Result<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).context("too long for a code")?;
    let mut lines = String::new();
    let (from, to) = (-QUIET, code.size() + QUIET);
    for y in (from..to).step_by(2) {
        lines.push_str(BLACK_ON_WHITE);
        for x in from..to {
            let dark = |y| code.get_module(x, y);
            lines.push(match (dark(y), dark(y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        lines.push_str(AS_BEFORE);
        lines.push('\n');
    }
    Ok(lines)
}
