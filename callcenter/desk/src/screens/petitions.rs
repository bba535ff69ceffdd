//! Letters that wait for an answer, and the one that is read.

use desk_ui::{
    AnswerStage, DeskWindow, EnclosureRow, PetitionNotice, PetitionRow, PetitionStanding,
    PetitionsPort,
};
use slint::{ComponentHandle, SharedString};

use super::{count, rows};
use crate::{
    petitions::{
        AnswerView, EnclosureView, LetterView, PetitionView, PetitionsFault, PetitionsNotice,
        PetitionsView, RowStanding, TimeLeft,
    },
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
    port.set_notice(match view.notice {
        None => PetitionNotice::None,
        Some(PetitionsNotice::Fault(fault)) => name(fault),
        Some(PetitionsNotice::TakeOver) => PetitionNotice::TakeOver,
        Some(PetitionsNotice::NoWords) => PetitionNotice::NoWords,
        Some(PetitionsNotice::TooLong) => PetitionNotice::TooLong,
    });
    if let Some(letter) = &view.letter {
        show_letter(&port, letter);
    }
    port.set_reading(view.letter.is_some());
}

fn show_letter(port: &PetitionsPort<'_>, letter: &LetterView) {
    port.set_number(letter.number.as_str().into());
    port.set_row(row(&letter.row));
    let (name, address) = (letter.name.reveal(), letter.address.reveal());
    let from = match name.is_empty() {
        true => address.clone(),
        false => format!("{name} <{address}>"),
    };
    port.set_from(from.into());
    port.set_text(letter.text.reveal().as_str().into());
    let enclosures = letter.enclosures.iter().map(enclosure).collect();
    if let Some(model) = rows::update(&port.get_enclosures(), enclosures) {
        port.set_enclosures(model);
    }
    show_answer(port, &letter.answer);
}

fn show_answer(port: &PetitionsPort<'_>, answer: &AnswerView) {
    let none = SharedString::default();
    let (text, by) = match answer {
        AnswerView::ToTake { .. } | AnswerView::Writing { .. } => (none.clone(), none),
        AnswerView::Given { agent, text } | AnswerView::WaitsForAuthor { agent, text } => {
            (text.reveal().as_str().into(), agent.as_str().into())
        }
        AnswerView::OnItsWay { text } | AnswerView::NotTaken { text, .. } => {
            (text.reveal().as_str().into(), none)
        }
    };
    port.set_answer(text);
    port.set_answered_by(by);
    if let AnswerView::NotTaken { fault, .. } = answer {
        port.set_refusal(name(*fault));
    }
    if let AnswerView::Writing { line, start } = answer {
        port.set_start(start.reveal().as_str().into());
        port.set_odd(line % 2 == 1);
    }
    // Last, so that a line comes up with its words in place.
    port.set_stage(match answer {
        AnswerView::ToTake { asked: false } => AnswerStage::ToTake,
        AnswerView::ToTake { asked: true } => AnswerStage::Asked,
        AnswerView::Writing { .. } => AnswerStage::Writing,
        AnswerView::Given { .. } => AnswerStage::Given,
        AnswerView::OnItsWay { .. } => AnswerStage::OnItsWay,
        AnswerView::WaitsForAuthor { .. } => AnswerStage::WaitsForAuthor,
        AnswerView::NotTaken { .. } => AnswerStage::NotTaken,
    });
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
        has_term,
        days,
        standing: match view.standing {
            RowStanding::Waiting => PetitionStanding::Waiting,
            RowStanding::Ours => PetitionStanding::Ours,
            RowStanding::With(_) => PetitionStanding::WithAnother,
            RowStanding::Replied => PetitionStanding::Replied,
            RowStanding::NotSent => PetitionStanding::NotSent,
            RowStanding::MaybeSent => PetitionStanding::MaybeSent,
            RowStanding::WrittenHere => PetitionStanding::WrittenHere,
            RowStanding::NotTaken => PetitionStanding::NotTaken,
        },
        by: by.into(),
    }
}

fn enclosure(view: &EnclosureView) -> EnclosureRow {
    EnclosureRow {
        name: view.name.reveal().as_str().into(),
        media_type: view.media_type.as_str().into(),
        kilobytes: view.kilobytes.to_string().into(),
    }
}

fn name(fault: PetitionsFault) -> PetitionNotice {
    match fault {
        PetitionsFault::Unreachable => PetitionNotice::Unreachable,
        PetitionsFault::Forbidden => PetitionNotice::Forbidden,
        PetitionsFault::Unproven => PetitionNotice::Unproven,
        PetitionsFault::Gone => PetitionNotice::Gone,
        PetitionsFault::Taken => PetitionNotice::TakeOver,
        PetitionsFault::Answered => PetitionNotice::Answered,
        PetitionsFault::Malformed => PetitionNotice::Malformed,
    }
}
