//! One thing an agency holds, and whom to ask for it.

use kiosk_ui::{Access as ShownAccess, Frequency as ShownFrequency, HoldingPort, KioskWindow};
use locator::{Access, Frequency};
use slint::ComponentHandle;

use super::{rows, tiles};
use crate::visit::{Touch, view::HoldingSheet};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + 'static) {
    let port = window.global::<HoldingPort>();
    port.on_choose(move |service| touch(Touch::ChooseService(service.into())));
}

pub(super) fn show(window: &KioskWindow, view: &HoldingSheet) {
    let port = window.global::<HoldingPort>();
    port.set_title(view.title.as_str().into());
    port.set_description(view.description.as_str().into());
    port.set_office(view.office.as_str().into());
    port.set_telephone(view.telephone.as_str().into());
    port.set_place(view.place.as_str().into());
    port.set_since(view.since.as_str().into());
    port.set_districts(view.districts.as_str().into());
    port.set_access(match view.access {
        Access::Public => ShownAccess::Public,
        Access::Restricted => ShownAccess::Restricted,
        Access::NonPublic => ShownAccess::NonPublic,
    });
    port.set_frequency(match view.frequency {
        Frequency::Continuous | Frequency::Hourly => ShownFrequency::AllTheTime,
        Frequency::Daily => ShownFrequency::Daily,
        Frequency::Weekly => ShownFrequency::Weekly,
        Frequency::Monthly => ShownFrequency::Monthly,
        Frequency::Quarterly => ShownFrequency::Quarterly,
        Frequency::Annual => ShownFrequency::Yearly,
        Frequency::Irregular => ShownFrequency::NowAndThen,
        Frequency::Never => ShownFrequency::Never,
    });
    let services = tiles::services(view.service.as_slice());
    if let Some(model) = rows::update(&port.get_services(), services) {
        port.set_services(model);
    }
}
