//! Lines that are typed into. The window keeps what stands in them; the desk
//! hears every change.

use desk_ui::{DeskPort, DeskWindow, Line as Shown};
use privacy::Personal;
use slint::ComponentHandle;

use crate::{
    preparation::Field,
    workplace::{Line, Touch},
};

pub(super) fn connect(window: &DeskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<DeskPort>();
    port.on_typed(move |line, question, text| {
        let line = match line {
            Shown::Agent => Line::Agent,
            Shown::Passphrase => Line::Passphrase,
            Shown::Recipient => Line::Recipient,
            Shown::Help => Line::Help,
            Shown::Reply => Line::Reply,
            Shown::Office => Line::Office,
            Shown::Reason => Line::Reason,
            Shown::Knowledge => Line::Knowledge,
            Shown::Feedback => Line::Feedback,
            Shown::Posting => Line::Posting,
            Shown::DocumentNumber => Line::DocumentNumber,
            Shown::Agency => Line::Agency,
            Shown::Purpose => Line::Purpose,
            Shown::CheckAnswer => Line::CheckAnswer,
            Shown::Review => Line::Review,
            Shown::Query => Line::Form(Field::Query),
            Shown::Name => Line::Form(Field::Name),
            Shown::ResidentNumber => Line::Form(Field::ResidentNumber),
            Shown::Telephone => Line::Form(Field::Telephone),
            Shown::Answer => Line::Form(Field::Answer(question.into())),
        };
        let text = Personal::new(text.into());
        touch(Touch::Type { line, text });
    });
}
