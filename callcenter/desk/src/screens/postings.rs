//! Postings that wait for a moderator, and the one that is decided on.

use desk_ui::{DeskWindow, PostingLine, PostingsNoticeName, PostingsPort};
use slint::ComponentHandle;

use super::{count, rows};
use crate::{
    postings::{ChoiceView, PostingRow, PostingView, PostingsFault, PostingsNotice, PostingsView},
    workplace::Touch,
};

pub(super) fn connect(window: &DeskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<PostingsPort>();
    port.on_select(move |row| {
        if let Ok(row) = usize::try_from(row) {
            touch(Touch::SelectRow(row));
        }
    });
}

pub(super) fn show(window: &DeskWindow, view: &PostingsView) {
    let port = window.global::<PostingsPort>();
    port.set_no_way(view.no_way);
    port.set_known(view.known);
    let waiting = view.rows.iter().map(row).collect();
    if let Some(model) = rows::update(&port.get_rows(), waiting) {
        port.set_rows(model);
    }
    port.set_selected(count(view.selected));
    port.set_notice(match view.notice {
        None => PostingsNoticeName::None,
        Some(PostingsNotice::Fault(PostingsFault::Unreachable)) => PostingsNoticeName::Unreachable,
        Some(PostingsNotice::Fault(PostingsFault::Forbidden)) => PostingsNoticeName::Forbidden,
        Some(PostingsNotice::Fault(PostingsFault::Unproven)) => PostingsNoticeName::Unproven,
        Some(PostingsNotice::Fault(PostingsFault::Decided)) => PostingsNoticeName::Decided,
        Some(PostingsNotice::Fault(PostingsFault::Malformed)) => PostingsNoticeName::Malformed,
        Some(PostingsNotice::Choose) => PostingsNoticeName::Choose,
        Some(PostingsNotice::NoReason) => PostingsNoticeName::NoReason,
        Some(PostingsNotice::TooLong) => PostingsNoticeName::TooLong,
        Some(PostingsNotice::Published) => PostingsNoticeName::Published,
        Some(PostingsNotice::Refused) => PostingsNoticeName::Refused,
    });
    if let Some(posting) = &view.posting {
        show_posting(&port, posting);
    }
    port.set_reading(view.posting.is_some());
}

fn show_posting(port: &PostingsPort<'_>, posting: &PostingView) {
    port.set_row(row(&posting.row));
    port.set_text(posting.text.reveal().as_str().into());
    port.set_station(posting.station.as_str().into());
    port.set_reason(posting.reason.reveal().as_str().into());
    port.set_judging(posting.judging);
    // Last, so that the line comes up with its words in place.
    port.set_days(match posting.choice {
        None => 0,
        Some(ChoiceView::Publish { days }) => count(days),
        Some(ChoiceView::Refuse) => -1,
    });
}

fn row(view: &PostingRow) -> PostingLine {
    PostingLine {
        title: view.title.reveal().as_str().into(),
        topic: view.topic.as_str().into(),
        district: view.district.as_str().into(),
        came: view.came.as_str().into(),
    }
}
