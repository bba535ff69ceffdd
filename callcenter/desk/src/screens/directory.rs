//! Whom a call can be given to.

use desk_ui::{AgentName, DeskWindow, DirectoryPort, DirectoryRow, EntryName};
use slint::ComponentHandle;

use super::{count, rows};
use crate::{
    directory::EntryKind,
    telephone::AgentState,
    workplace::view::{DirectoryView, EntryView},
};

pub(super) fn show(window: &DeskWindow, view: &DirectoryView) {
    let port = window.global::<DirectoryPort>();
    let entries = view.entries.iter().map(row).collect();
    if let Some(model) = rows::update(&port.get_rows(), entries) {
        port.set_rows(model);
    }
    port.set_selected(count(view.selected));
    port.set_more(count(view.more));
}

fn row(entry: &EntryView) -> DirectoryRow {
    DirectoryRow {
        name: entry.name.reveal().as_str().into(),
        kind: match entry.kind {
            EntryKind::Number => EntryName::Number,
            EntryKind::Colleague => EntryName::Colleague,
            EntryKind::Office => EntryName::Office,
            EntryKind::Queue => EntryName::Queue,
        },
        state: match &entry.state {
            None => AgentName::None,
            Some(AgentState::SignedOut) => AgentName::SignedOut,
            Some(AgentState::NotReady { .. }) => AgentName::Away,
            Some(AgentState::Unreachable) => AgentName::Unreachable,
            Some(AgentState::Ready) => AgentName::Ready,
            Some(AgentState::Offered) => AgentName::Offered,
            Some(AgentState::Busy) => AgentName::Busy,
            Some(AgentState::WorkingAfterCall) => AgentName::WrappingUp,
            Some(AgentState::Resting) => AgentName::Resting,
            Some(AgentState::AtKiosk) => AgentName::AtKiosk,
        },
    }
}
