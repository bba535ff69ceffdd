//! Two-person checks that wait, and the one that is taken.

use desk_ui::{
    AnsweredRow, CheckNoticeName, CheckRow, CheckTurn, ChecksPort, DeskWindow, ReasonOfVerdict,
    VerdictName,
};
use slint::ComponentHandle;
use vouching::{CheckEnding, CheckRefusal, Doubt, Ground};

use super::{count, rows};
use crate::{
    checks::{ChecksNotice, ChecksView, SheetView, Turn, VerdictView},
    workplace::Touch,
};

pub(super) fn connect(window: &DeskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<ChecksPort>();
    port.on_select(move |row| {
        if let Ok(row) = usize::try_from(row) {
            touch(Touch::SelectRow(row));
        }
    });
}

pub(super) fn show(window: &DeskWindow, view: &ChecksView) {
    let port = window.global::<ChecksPort>();
    port.set_known(view.known);
    let waiting = view.waiting.iter().map(|it| CheckRow {
        kiosk: it.kiosk.as_str().into(),
        service: it.service.as_str().into(),
        language: it.language.as_str().into(),
        waited: it.waited.as_str().into(),
        believed_by: it.believed_by.as_str().into(),
    });
    if let Some(model) = rows::update(&port.get_rows(), waiting.collect()) {
        port.set_rows(model);
    }
    port.set_selected(count(view.selected));
    port.set_taking(view.taking);
    port.set_notice(view.notice.map_or(CheckNoticeName::None, notice));
    if let Some(sheet) = &view.sheet {
        show_sheet(&port, sheet);
    }
    port.set_taken(view.sheet.is_some());
}

fn show_sheet(port: &ChecksPort<'_>, view: &SheetView) {
    port.set_kiosk(view.kiosk.as_str().into());
    port.set_service(view.service.as_str().into());
    port.set_language(view.language.as_str().into());
    port.set_left(view.left.as_str().into());
    port.set_right(count(view.right));
    port.set_right_needed(count(view.right_needed));
    port.set_wrong_left(count(view.wrong_left));
    port.set_may_ask_more(view.may_ask_more);
    port.set_doing(view.doing);
    port.set_second(view.believed.is_some());
    if let Some(believed) = &view.believed {
        port.set_believed_by(believed.agent.as_str().into());
        port.set_believed_at(believed.desk.as_str().into());
        port.set_believed_ground(ground(believed.ground));
    }
    let answered = view.log.iter().map(|it| AnsweredRow {
        wording: it.wording.as_str().into(),
        right: it.right,
        by: it.asked_by.as_str().into(),
    });
    if let Some(model) = rows::update(&port.get_answered(), answered.collect()) {
        port.set_answered(model);
    }
    show_verdict(port, view.verdict.as_ref());
    if let Turn::Asking(asked) = &view.turn {
        port.set_number(count(asked.number));
        port.set_wording(asked.wording.as_str().into());
        port.set_in_their_words(asked.in_their_words.as_str().into());
        let said = asked.said.as_ref();
        port.set_said(said.map_or_else(Default::default, |it| it.reveal().as_str().into()));
        port.set_start(asked.typed.reveal().as_str().into());
        port.set_odd(asked.line % 2 == 1);
    }
    // Last, so that a turn comes up with its words in place.
    port.set_turn(turn(&view.turn));
}

fn show_verdict(port: &ChecksPort<'_>, view: Option<&VerdictView>) {
    let (name, reasons, chosen) = match view {
        None => (VerdictName::None, Vec::new(), None),
        Some(VerdictView::Believe { grounds, chosen }) => {
            let place = grounds.iter().position(|it| Some(*it) == *chosen);
            let reasons = grounds.iter().map(|it| ground(*it)).collect();
            (VerdictName::Believe, reasons, place)
        }
        Some(VerdictView::Refuse { doubts, chosen }) => {
            let place = doubts.iter().position(|it| Some(*it) == *chosen);
            let reasons = doubts.iter().map(|it| doubt(*it)).collect();
            (VerdictName::Refuse, reasons, place)
        }
    };
    if let Some(model) = rows::update(&port.get_reasons(), reasons) {
        port.set_reasons(model);
    }
    port.set_reason(chosen.map_or(-1, count));
    port.set_verdict(name);
}

fn turn(turn: &Turn) -> CheckTurn {
    match turn {
        Turn::Asking(_) => CheckTurn::Asking,
        Turn::Deciding => CheckTurn::Deciding,
        Turn::WithSecond => CheckTurn::WithSecond,
        Turn::Passed => CheckTurn::Passed,
        Turn::Ended(by) => match by {
            CheckEnding::WrongAnswers => CheckTurn::WrongAnswers,
            CheckEnding::Refused(_) => CheckTurn::Refused,
            CheckEnding::Overruled(_) => CheckTurn::Overruled,
            CheckEnding::Left => CheckTurn::Left,
            CheckEnding::KioskSilent => CheckTurn::KioskSilent,
            CheckEnding::TimeUp => CheckTurn::TimeUp,
            CheckEnding::Interrupted
            | CheckEnding::NoSuchPerson
            | CheckEnding::TooFewQuestions
            | CheckEnding::NetworkAway => CheckTurn::Interrupted,
        },
    }
}

fn notice(notice: ChecksNotice) -> CheckNoticeName {
    match notice {
        ChecksNotice::Away => CheckNoticeName::Away,
        ChecksNotice::Unheard => CheckNoticeName::Unheard,
        ChecksNotice::LetGo => CheckNoticeName::LetGo,
        ChecksNotice::QuestionsFirst => CheckNoticeName::QuestionsFirst,
        ChecksNotice::ChooseReason => CheckNoticeName::ChooseReason,
        ChecksNotice::OnItsWay => CheckNoticeName::OnItsWay,
        ChecksNotice::Refused(why) => match why {
            CheckRefusal::Gone => CheckNoticeName::Gone,
            CheckRefusal::Taken => CheckNoticeName::Taken,
            CheckRefusal::NotForYou => CheckNoticeName::NotADesk,
            CheckRefusal::NotYours => CheckNoticeName::LetGo,
            CheckRefusal::SameDesk => CheckNoticeName::SameDesk,
            CheckRefusal::SameAgent => CheckNoticeName::SameAgent,
            CheckRefusal::NotASupervisor => CheckNoticeName::NotASupervisor,
            CheckRefusal::Unproven => CheckNoticeName::Unproven,
            CheckRefusal::Empty => CheckNoticeName::Empty,
            CheckRefusal::TooLong => CheckNoticeName::TooLong,
            CheckRefusal::NotNow
            | CheckRefusal::NoSuchQuestion
            | CheckRefusal::NotOffered
            | CheckRefusal::NoSuchPerson
            | CheckRefusal::TooFewQuestions
            | CheckRefusal::NetworkAway
            | CheckRefusal::TooManyTries
            | CheckRefusal::KioskTries
            | CheckRefusal::Full => CheckNoticeName::NotNow,
        },
    }
}

fn ground(ground: Ground) -> ReasonOfVerdict {
    match ground {
        Ground::AnsweredReadily => ReasonOfVerdict::AnsweredReadily,
        Ground::SpokenWith => ReasonOfVerdict::SpokenWith,
        Ground::Seen => ReasonOfVerdict::Seen,
        Ground::DocumentShown => ReasonOfVerdict::DocumentShown,
        Ground::LogRead => ReasonOfVerdict::LogRead,
    }
}

fn doubt(doubt: Doubt) -> ReasonOfVerdict {
    match doubt {
        Doubt::Prompted => ReasonOfVerdict::Prompted,
        Doubt::Hesitated => ReasonOfVerdict::Hesitated,
        Doubt::NotThePerson => ReasonOfVerdict::NotThePerson,
        Doubt::NotOfFreeWill => ReasonOfVerdict::NotOfFreeWill,
        Doubt::Other => ReasonOfVerdict::Other,
    }
}
