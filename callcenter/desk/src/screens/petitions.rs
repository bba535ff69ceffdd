//! Petitions that wait for an answer, the one that is read and what is done with it.

mod letter;
mod names;

use desk_ui::{DeskWindow, PetitionRow, PetitionsPort};
use slint::ComponentHandle;

use super::{count, rows};
use crate::{
    petitions::{PetitionView, PetitionsView, RowStanding, TimeLeft},
    workplace::Touch,
};

pub(super) fn connect(window: &DeskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<PetitionsPort>();
    port.on_select(move |row| {
        if let Ok(row) = usize::try_from(row) {
            touch(Touch::SelectRow(row));
        }
    });
}

pub(super) fn show(window: &DeskWindow, view: &PetitionsView) {
    let port = window.global::<PetitionsPort>();
    port.set_no_way(view.no_way);
    port.set_known(view.known);
    let waiting = view.rows.iter().map(row).collect();
    if let Some(model) = rows::update(&port.get_rows(), waiting) {
        port.set_rows(model);
    }
    port.set_selected(count(view.selected));
    port.set_first(count(view.page.first));
    port.set_last(count(view.page.last));
    port.set_total(count(view.page.total));
    port.set_goes_on(view.page.goes_on);
    port.set_notice(names::notice(view.notice));
    if let Some(letter) = &view.letter {
        letter::show(&port, letter);
    }
    port.set_reading(view.letter.is_some());
}

fn row(view: &PetitionView) -> PetitionRow {
    let (has_term, days) = match view.left {
        TimeLeft::NoTerm => (false, 0),
        TimeLeft::Days(days) => (true, count(days)),
        TimeLeft::Over(days) => (true, -count(days)),
    };
    let by = match &view.standing {
        RowStanding::With(agent) => agent.as_str(),
        RowStanding::Waiting
        | RowStanding::Ours
        | RowStanding::Replied
        | RowStanding::NotSent
        | RowStanding::MaybeSent
        | RowStanding::WrittenHere
        | RowStanding::NotTaken => "",
    };
    PetitionRow {
        subject: view.subject.reveal().as_str().into(),
        service: view.service.as_str().into(),
        came: view.came.as_str().into(),
        office: view.office.as_str().into(),
        due: view.due.as_str().into(),
        has_term,
        days,
        standing: names::standing(&view.standing),
        by: by.into(),
        extended: view.extended,
        appealed: view.appealed,
        joined: view.joined,
    }
}
