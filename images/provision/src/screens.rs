//! The window's face: what the machine says goes in, touches come out.
//!
//! These are the only files that know Slint. All of it runs on the window's own thread.

mod ending;
mod enrolment;
mod entry;
mod frame;
mod label;
mod rows;
mod self_test;
mod sheet;
mod site;
mod technician;

pub use frame::Tongue;
use provision_ui::{ProvisionWindow, Words};
use slint::ComponentHandle;

use crate::view::{Touch, View};

/// Lets every control of the window report its touch; `machine` is said in its head: which
/// model this is, and which version of the image.
pub fn connect(window: &ProvisionWindow, machine: &str, touch: impl Fn(Touch) + Clone + 'static) {
    window
        .global::<Words>()
        .on_keep(|text| typing::keep_words_together(&text).into());
    frame::connect(window, machine);
    site::connect(window, touch.clone());
    entry::connect(window, touch.clone());
    label::connect(window, touch.clone());
    enrolment::connect(window, touch.clone());
    self_test::connect(window, touch.clone());
    sheet::connect(window, touch.clone());
    ending::connect(window, touch);
    speak(window, Tongue::Korean);
}

/// Says everything in another language, at once.
pub fn speak(window: &ProvisionWindow, tongue: Tongue) {
    frame::speak(window, tongue);
}

/// Shows one moment. Only what differs from the last one moves.
pub fn show(window: &ProvisionWindow, view: &View) {
    match view {
        View::Site(problem) => site::show(window, *problem),
        View::Card(problem) => technician::show_card(window, *problem),
        View::Pin {
            typed,
            busy,
            problem,
        } => technician::show_pin(window, *typed, *busy, *problem),
        View::Label(label) => label::show(window, label),
        View::Enrolment(enrolment) => enrolment::show(window, enrolment),
        View::SelfTest(test) => self_test::show(window, test),
        View::Sheet(sheet) => sheet::show(window, sheet),
        View::Done { station } => ending::show_done(window, station),
        View::Stopped(stop) => ending::show_stopped(window, *stop),
    }
    // Last, so that a screen comes up with its content in place.
    frame::show(window, view);
}
