//! The worklist.

use desk_ui::{DeclineName, DeskWindow, Doing, RowState as Shown, WorkRow, WorklistPort};
use privacy::Personal;
use request::DeclineReason;
use slint::{ComponentHandle, SharedString};

use super::{count, rows};
use crate::{
    worklist::RowState,
    workplace::{
        Touch,
        view::{DoingView, RowView, WorklistView},
    },
};

pub(super) fn connect(window: &DeskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<WorklistPort>();
    port.on_select(move |row| {
        if let Ok(row) = usize::try_from(row) {
            touch(Touch::Pick(row));
        }
    });
}

pub(super) fn show(window: &DeskWindow, view: &WorklistView) {
    let port = window.global::<WorklistPort>();
    if let Some(model) = rows::update(&port.get_rows(), view.rows.iter().map(row).collect()) {
        port.set_rows(model);
    }
    port.set_selected(count(view.selected));
    match &view.doing {
        DoingView::Nothing => port.set_doing(Doing::Nothing),
        DoingView::Checking {
            service,
            day,
            copies,
            knew,
            refused,
        } => {
            port.set_service(service.as_str().into());
            port.set_day(day.as_str().into());
            port.set_copies(copies.as_str().into());
            if let Some(model) = rows::update(&port.get_knew(), knew.to_vec()) {
                port.set_knew(model);
            }
            port.set_refused(*refused);
            port.set_doing(Doing::Checking);
        }
        DoingView::Reading {
            groups,
            spoken,
            group,
        } => {
            if let Some(model) = rows::update(&port.get_groups(), said(groups)) {
                port.set_groups(model);
            }
            if let Some(model) = rows::update(&port.get_spoken(), said(spoken)) {
                port.set_spoken(model);
            }
            port.set_group(count(*group));
            port.set_doing(Doing::Reading);
        }
    }
}

/// For the agent's eye, who reads it to whoever it belongs to.
pub(super) fn said(texts: &[Personal<String>]) -> Vec<SharedString> {
    texts.iter().map(|it| it.reveal().into()).collect()
}

fn row(row: &RowView) -> WorkRow {
    WorkRow {
        title: row.title.as_str().into(),
        asked: row.asked.as_str().into(),
        name: row.name.reveal().into(),
        copies: row.copies.as_str().into(),
        state: state(row.state),
        why: match row.state {
            RowState::Declined(reason) => why(reason),
            RowState::Asked
            | RowState::Waiting(_)
            | RowState::Ready
            | RowState::Collecting
            | RowState::Collected => DeclineName::None,
        },
        sent: row.sent,
    }
}

pub(super) fn state(state: RowState) -> Shown {
    match state {
        RowState::Asked => Shown::Asked,
        RowState::Waiting(None) => Shown::Waiting,
        RowState::Waiting(Some(_)) => Shown::Unreachable,
        RowState::Ready => Shown::Ready,
        RowState::Collecting => Shown::Collecting,
        RowState::Collected => Shown::Collected,
        RowState::Declined(_) => Shown::Declined,
    }
}

fn why(reason: DeclineReason) -> DeclineName {
    match reason {
        DeclineReason::NoSuchRecord => DeclineName::NoSuchRecord,
        DeclineReason::Unprintable => DeclineName::Unprintable,
        DeclineReason::OutsideHours => DeclineName::OutsideHours,
        DeclineReason::Malformed => DeclineName::Malformed,
        DeclineReason::NoSuchTicket
        | DeclineReason::NotReady
        | DeclineReason::TicketUsed
        | DeclineReason::TicketBusy
        | DeclineReason::NotTheHolder
        | DeclineReason::NotVouched => DeclineName::Other,
    }
}
