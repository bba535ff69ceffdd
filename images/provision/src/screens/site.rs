//! The stick with the site package.

use provision_ui::{ProvisionWindow, SitePort, SiteTold};
use slint::ComponentHandle;

use crate::view::{SiteProblem, Touch};

pub(super) fn connect(window: &ProvisionWindow, touch: impl Fn(Touch) + 'static) {
    window
        .global::<SitePort>()
        .on_again(move || touch(Touch::Again));
}

pub(super) fn show(window: &ProvisionWindow, problem: Option<SiteProblem>) {
    window.global::<SitePort>().set_told(match problem {
        None => SiteTold::Nothing,
        Some(SiteProblem::NoPackage) => SiteTold::NoPackage,
        Some(SiteProblem::NotBelieved) => SiteTold::NotBelieved,
        Some(SiteProblem::Expired) => SiteTold::Expired,
        Some(SiteProblem::OtherModel) => SiteTold::OtherModel,
    });
}
