//! The end: in service, or nothing goes on.

use provision_ui::{EndingPort, ProvisionWindow, StopTold};
use slint::ComponentHandle;

use crate::view::{Stop, Touch};

pub(super) fn connect(window: &ProvisionWindow, touch: impl Fn(Touch) + 'static) {
    window
        .global::<EndingPort>()
        .on_again(move || touch(Touch::Again));
}

pub(super) fn show_done(window: &ProvisionWindow, station: &str) {
    window.global::<EndingPort>().set_station(station.into());
}

pub(super) fn show_stopped(window: &ProvisionWindow, stop: Stop) {
    window.global::<EndingPort>().set_stop(match stop {
        Stop::DiskFails => StopTold::DiskFails,
        Stop::ImageIncomplete => StopTold::ImageIncomplete,
    });
}
