//! Several certificates at once.

use kiosk_ui::{BasketItem as ShownItem, BasketPort, BasketStage as Shown, KioskWindow};
use slint::ComponentHandle;

use super::{failed, rows};
use crate::visit::{
    Touch,
    view::{Basket, BasketItem, BasketSheet, BasketStage, FailureReason},
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<BasketPort>();
    let place = |index: i32| u32::try_from(index).unwrap_or(u32::MAX);
    let adding = touch.clone();
    port.on_add(move || adding(Touch::AddAnother));
    let opening = touch.clone();
    port.on_open(move || opening(Touch::OpenBasket));
    let editing = touch.clone();
    port.on_edit(move |index| editing(Touch::EditItem(place(index))));
    port.on_remove(move |index| touch(Touch::RemoveItem(place(index))));
}

/// What stands of it around every screen.
pub(super) fn show_around(window: &KioskWindow, view: &Basket) {
    let port = window.global::<BasketPort>();
    let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    port.set_count(number(view.count));
    port.set_sum(view.sum.as_str().into());
    port.set_may_add(view.may_add);
    let (at, of) = view.under_way.unwrap_or_default();
    port.set_at(number(at));
    port.set_of(number(of));
}

pub(super) fn show(window: &KioskWindow, view: &BasketSheet) {
    let port = window.global::<BasketPort>();
    port.set_stage(match view.stage {
        BasketStage::Review => Shown::Review,
        BasketStage::Rest => Shown::Rest,
        BasketStage::None => Shown::None,
        BasketStage::Outcome => Shown::Outcome,
    });
    failed::show_money(&window.global(), &view.money);
    let item = |item: &BasketItem| ShownItem {
        title: item.title.as_str().into(),
        detail: item.detail.as_str().into(),
        price: item.price.as_str().into(),
        failed: item.failure.is_some(),
        reason: failed::reason(item.failure.unwrap_or(FailureReason::Bug)),
        numbers: item.numbers.join(", ").into(),
    };
    if let Some(model) = rows::update(&port.get_items(), view.items.iter().map(item).collect()) {
        port.set_items(model);
    }
}
