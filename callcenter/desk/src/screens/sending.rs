//! Documents for agencies: found by their numbers, sent, and what became of them.

use desk_ui::{
    AgencyLine, DeliveryLine, DeskWindow, SendingNoticeName, SendingPlace, SendingPort, SentName,
    TypedNumber,
};
use request::NotANumber;
use slint::ComponentHandle;
use sync::DeliveryRefusal;

use super::{count, rows};
use crate::{
    sending::{
        AgencyRow, AgencyView, Consent, ConsentView, DeliveryEnd, DeliveryRow, NumberCheck,
        NumberView, PaperView, PlaceView, PurposeView, SendingFault, SendingNotice, SendingView,
    },
    workplace::Touch,
};

pub(super) fn connect(window: &DeskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<SendingPort>();
    port.on_select(move |row| {
        if let Ok(row) = usize::try_from(row) {
            touch(Touch::SelectRow(row));
        }
    });
}

pub(super) fn show(window: &DeskWindow, view: &SendingView) {
    let port = window.global::<SendingPort>();
    port.set_no_way(view.no_way);
    port.set_notice(view.notice.map_or(SendingNoticeName::None, of_notice));
    let place = match &view.place {
        PlaceView::Number(number) => show_number(&port, number),
        PlaceView::Paper(paper) => show_paper(&port, paper),
        PlaceView::Agency(agency) => show_agencies(&port, agency),
        PlaceView::Purpose(purpose) => show_purpose(&port, purpose),
        PlaceView::Consent(consent) => show_consent(&port, consent),
    };
    // Last, so that a line comes up with its words in place.
    port.set_place(place);
}

fn show_number(port: &SendingPort<'_>, view: &NumberView) -> SendingPlace {
    let (check, letters, letter) = match &view.check {
        NumberCheck::Empty | NumberCheck::Wrong(NotANumber::Empty) => (TypedNumber::Empty, 0, None),
        NumberCheck::Short(letters) => (TypedNumber::Short, *letters, None),
        NumberCheck::Wrong(NotANumber::Length(letters)) => (TypedNumber::Long, *letters, None),
        NumberCheck::Wrong(NotANumber::Letter(letter)) => (TypedNumber::Letter, 0, Some(*letter)),
        NumberCheck::Wrong(NotANumber::Month) => (TypedNumber::Month, 0, None),
        NumberCheck::Wrong(NotANumber::NotYet) => (TypedNumber::NotYet, 0, None),
        NumberCheck::Whole(number) => {
            port.set_number(number.as_str().into());
            (TypedNumber::Whole, 0, None)
        }
    };
    port.set_start(view.typed.reveal().as_str().into());
    port.set_check(check);
    port.set_letters(count(letters));
    port.set_letter(letter.map_or_else(String::new, String::from).into());
    port.set_asking(view.asking);
    SendingPlace::Number
}

fn show_paper(port: &SendingPort<'_>, view: &PaperView) -> SendingPlace {
    port.set_number(view.number.as_str().into());
    port.set_refusal(view.refusal.map_or(SendingNoticeName::None, of_refusal));
    let deliveries = view.rows.iter().map(delivery).collect();
    if let Some(model) = rows::update(&port.get_deliveries(), deliveries) {
        port.set_deliveries(model);
    }
    port.set_selected(count(view.selected));
    port.set_again(view.again);
    port.set_sending(view.sending);
    SendingPlace::Paper
}

fn show_agencies(port: &SendingPort<'_>, view: &AgencyView) -> SendingPlace {
    port.set_number(view.number.as_str().into());
    port.set_start(view.sought.reveal().as_str().into());
    port.set_agencies_known(view.known);
    let agencies = view.rows.iter().map(agency).collect();
    if let Some(model) = rows::update(&port.get_agencies(), agencies) {
        port.set_agencies(model);
    }
    port.set_more(count(view.more));
    port.set_selected(count(view.selected));
    SendingPlace::Agency
}

fn show_purpose(port: &SendingPort<'_>, view: &PurposeView) -> SendingPlace {
    port.set_number(view.number.as_str().into());
    port.set_agency(view.agency.as_str().into());
    port.set_start(view.purpose.reveal().as_str().into());
    SendingPlace::Purpose
}

fn show_consent(port: &SendingPort<'_>, view: &ConsentView) -> SendingPlace {
    port.set_number(view.number.as_str().into());
    port.set_agency(view.agency.as_str().into());
    port.set_purpose(view.purpose.reveal().as_str().into());
    port.set_consent(match view.consent {
        None => -1,
        Some(Consent::ReadAloud) => 0,
        Some(Consent::Written) => 1,
    });
    port.set_sending(view.sending);
    SendingPlace::Consent
}

fn delivery(row: &DeliveryRow) -> DeliveryLine {
    DeliveryLine {
        agency: row.agency.as_str().into(),
        asked: row.asked.as_str().into(),
        ended: row.ended.as_str().into(),
        went: went(row.end),
    }
}

fn agency(row: &AgencyRow) -> AgencyLine {
    AgencyLine {
        title: row.title.as_str().into(),
        went: row.went.map_or(SentName::Nowhere, went),
    }
}

fn went(end: Option<DeliveryEnd>) -> SentName {
    match end {
        None => SentName::OnItsWay,
        Some(DeliveryEnd::Delivered) => SentName::Delivered,
        Some(DeliveryEnd::Refused) => SentName::Refused,
        Some(DeliveryEnd::Expired) => SentName::Expired,
        Some(DeliveryEnd::Void) => SentName::Void,
    }
}

fn of_notice(notice: SendingNotice) -> SendingNoticeName {
    match notice {
        SendingNotice::Fault(SendingFault::Unreachable) => SendingNoticeName::Unreachable,
        SendingNotice::Fault(SendingFault::Forbidden) => SendingNoticeName::Forbidden,
        SendingNotice::Fault(SendingFault::Unproven) => SendingNoticeName::Unproven,
        SendingNotice::Fault(SendingFault::Malformed) => SendingNoticeName::Malformed,
        SendingNotice::Fault(SendingFault::Refused(refusal)) => of_refusal(refusal),
        SendingNotice::Number => SendingNoticeName::Number,
        SendingNotice::Agency => SendingNoticeName::Agency,
        SendingNotice::Delivered => SendingNoticeName::Delivered,
        SendingNotice::OnItsWay => SendingNoticeName::OnItsWay,
        SendingNotice::Expired => SendingNoticeName::Expired,
        SendingNotice::NoPurpose => SendingNoticeName::NoPurpose,
        SendingNotice::LongPurpose => SendingNoticeName::LongPurpose,
        SendingNotice::NoConsent => SendingNoticeName::NoConsent,
        SendingNotice::NothingAgain => SendingNoticeName::NothingAgain,
        SendingNotice::Sent => SendingNoticeName::Sent,
    }
}

fn of_refusal(refusal: DeliveryRefusal) -> SendingNoticeName {
    match refusal {
        DeliveryRefusal::NoDocument => SendingNoticeName::NoDocument,
        DeliveryRefusal::Void => SendingNoticeName::Void,
        DeliveryRefusal::Over => SendingNoticeName::Over,
        DeliveryRefusal::NoFile => SendingNoticeName::NoFile,
        DeliveryRefusal::NoRecipient => SendingNoticeName::NoRecipient,
        DeliveryRefusal::Purpose => SendingNoticeName::LongPurpose,
        DeliveryRefusal::NotExpired => SendingNoticeName::NotExpired,
    }
}
