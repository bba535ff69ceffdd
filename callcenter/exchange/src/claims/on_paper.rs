//! Enrolment without a network: a machine's request comes as a text that it has printed, and
//! its answer goes back as one that its scanner reads.

use std::path::Path;

use anyhow::{Context, bail};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use privacy::Personal;
use qrcodegen::{QrCode, QrCodeEcc};
use request::{StationId, Timestamp};

use super::redeem;

/// What a machine prints, and what its scanner takes.
const REQUEST: &str = "MINWON-REQ1:";
const CERTIFICATE: &str = "MINWON-CERT1:";
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
    let parts = text.trim().strip_prefix(REQUEST);
    let parts: Vec<&str> = parts.map(|it| it.split(':').collect()).unwrap_or_default();
    let [station, code, request] = parts.as_slice() else {
        bail!("this is not what a machine prints: {REQUEST} and three parts follow one another");
    };
    let request = URL_SAFE_NO_PAD.decode(request);
    let request = request.context("the request was cut off or altered on its way")?;
    let code = Personal::new((*code).to_owned());
    let station = StationId::new(*station);
    let certificate = redeem(data, roster, &station, &code, &request, now)?;
    Ok(format!(
        "{CERTIFICATE}{}",
        URL_SAFE_NO_PAD.encode(certificate)
    ))
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
