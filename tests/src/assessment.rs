//! The self-assessment sheet: what going through all screens has found, beside the
//! functions that the Korean accessibility rules for kiosks ask for.
//!
//! The rules' text has not been at hand: the functions are named as the press and the
//! makers of kiosks name them, without clauses.

mod functions;
mod results;

use certificate::{Page, Pdf, Press, RenderError};
use serde_json::{Value, json};

pub use functions::{Function, Verdict, functions};
pub use results::{Contrast, Results, ResultsError, Walk, Way};

const TEMPLATE: &str = include_str!("assessment/sheet.typ");
/// More would fill the sheet with what one fault has caused.
const COMPLAINTS_MAX: usize = 40;

/// Sets the sheet; the day is year, month, day in Korea.
///
/// # Errors
/// When a complaint has a character that no font has.
pub fn print(
    press: &Press,
    results: &Results,
    printed_on: (i64, u32, u32),
) -> Result<Pdf, RenderError> {
    press.print_page(&Page {
        template: TEMPLATE,
        data: &sheet(results, printed_on),
        title: "minwon-kiosk-accessibility",
        printed_on,
    })
}

fn sheet(results: &Results, (year, month, day): (i64, u32, u32)) -> Value {
    let functions = functions(results);
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "day": { "year": year, "month": month, "day": day },
        "functions": functions.iter().map(function).collect::<Vec<_>>(),
        "languages": results.languages().map(|code| language(results, code)).collect::<Vec<_>>(),
        "settings": results.settings(),
        "contrasts": results.contrasts.iter().map(contrast).collect::<Vec<_>>(),
        "gone": results.gone,
        "complaints": results.complaints().take(COMPLAINTS_MAX).collect::<Vec<_>>(),
        "complaints-count": results.complaints().count(),
    })
}

fn function(it: &Function) -> Value {
    json!({
        "name": it.name,
        "shown": it.shown,
        "missing": it.missing,
        "verdict": it.verdict.in_korean(),
        "met": it.verdict == Verdict::Met,
    })
}

fn language(results: &Results, code: &str) -> Value {
    let way = |way| {
        let of = |it: &&Walk| it.language == code;
        let walks = results.walks(way).iter().filter(of);
        let (mut screens, mut controls, mut complaints) = (0, 0, 0);
        for walk in walks {
            screens += walk.screens;
            controls += walk.controls;
            complaints += walk.complaints.len();
        }
        json!({ "screens": screens, "controls": controls, "complaints": complaints })
    };
    json!({
        "code": code,
        "touch": way(Way::Touch),
        "keypad": way(Way::Keypad),
        "switches": way(Way::Switches),
    })
}

fn contrast(it: &Contrast) -> Value {
    json!({
        "colours": it.colours,
        "least": format!("{:.1}", it.least),
        "promised": it.promised.to_string(),
        "pair": it.pair,
        "kept": it.least >= it.promised,
    })
}
