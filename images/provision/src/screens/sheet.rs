//! The commissioning sheet: printed, and told to the exchange.

use provision_ui::{ProvisionWindow, SheetPort, SheetTold};
use slint::ComponentHandle;

use crate::view::{Sheet, Touch};

pub(super) fn connect(window: &ProvisionWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<SheetPort>();
    let (yes, no, again) = (touch.clone(), touch.clone(), touch.clone());
    port.on_yes(move || yes(Touch::Continue));
    port.on_no(move || no(Touch::No));
    port.on_again(move || again(Touch::Again));
    port.on_go_on(move || touch(Touch::Continue));
}

pub(super) fn show(window: &ProvisionWindow, sheet: &Sheet) {
    window.global::<SheetPort>().set_told(match sheet {
        Sheet::Printing => SheetTold::Printing,
        Sheet::NotPrinted => SheetTold::NotPrinted,
        Sheet::Take => SheetTold::Take,
        Sheet::Telling => SheetTold::Telling,
        Sheet::NotTold => SheetTold::NotTold,
    });
}
