//! The pane of documents for agencies, as it may come to look.

use desk::{
    sending::{
        AgencyRow, AgencyView, Consent, ConsentView, DeliveryEnd, DeliveryRow, NumberCheck,
        NumberView, PaperView, PlaceView, PurposeView, SendingFault, SendingNotice, SendingView,
    },
    workplace::view::PaneView,
};
use privacy::Personal;
use request::NotANumber;
use sync::DeliveryRefusal;

const NUMBER: &str = "2611-7KQM-X4TD-09RW";
const AGENCY: &str = "한빛시 가온구 복지정책과";
const PURPOSE: &str = "2027년 1월부터 받을 기초연금을 신청하면서 같이 사는 가족을 확인하는 데";
const ENDS: [Option<DeliveryEnd>; 5] = [
    None,
    Some(DeliveryEnd::Delivered),
    Some(DeliveryEnd::Expired),
    Some(DeliveryEnd::Refused),
    Some(DeliveryEnd::Void),
];

/// Each step on the way, and what may become of a document.
pub(crate) fn panes() -> Vec<(&'static str, PaneView)> {
    let refused = |refusal| Some(SendingNotice::Fault(SendingFault::Refused(refusal)));
    let nobody = SendingView {
        no_way: true,
        ..number("", NumberCheck::Empty, None)
    };
    let wrong = NumberCheck::Wrong(NotANumber::Month);
    let whole = || NumberCheck::Whole(NUMBER.to_owned());
    let unknown = refused(DeliveryRefusal::NoDocument);
    let without_file = refused(DeliveryRefusal::NoFile);
    let void = paper(5, 2, Some(DeliveryRefusal::Void), None);
    // Of two in a row at one place the second would find the line of the first.
    let panes = [
        ("sending-nobody", nobody),
        ("sending-agency", agency(9)),
        ("sending", number("", NumberCheck::Empty, None)),
        ("sending-purpose", purpose()),
        (
            "sending-short",
            number("2611-7k", NumberCheck::Short(6), None),
        ),
        ("sending-consent", consent(None)),
        (
            "sending-wrong",
            number("2613-7KQM-X4TD-09RW", wrong, Some(SendingNotice::Number)),
        ),
        ("sending-agreed", consent(Some(Consent::ReadAloud))),
        ("sending-whole", number(NUMBER, whole(), None)),
        ("sending-paper", paper(12, 2, None, None)),
        ("sending-unknown", number(NUMBER, whole(), unknown)),
        ("sending-refused", paper(4, 3, None, None)),
        ("sending-no-file", number(NUMBER, whole(), without_file)),
        ("sending-void", void),
        ("sending-no-agency", agency(0)),
        ("sending-sent", paper(1, 0, None, Some(SendingNotice::Sent))),
    ];
    panes
        .map(|(name, view)| (name, PaneView::Sending(Box::new(view))))
        .to_vec()
}

fn at(place: PlaceView, notice: Option<SendingNotice>) -> SendingView {
    SendingView {
        no_way: false,
        notice,
        place,
    }
}

fn number(typed: &str, check: NumberCheck, notice: Option<SendingNotice>) -> SendingView {
    let view = NumberView {
        typed: personal(typed),
        check,
        asking: false,
    };
    at(PlaceView::Number(view), notice)
}

fn agency(rows: usize) -> SendingView {
    let went = [None, Some(None), Some(Some(DeliveryEnd::Delivered))];
    let row = |number: usize| AgencyRow {
        title: [AGENCY, "한빛시 교육지원과", "국민연금공단 한빛지사"][number % 3].to_owned(),
        went: went[number % 3],
    };
    let view = AgencyView {
        number: NUMBER.to_owned(),
        sought: personal(if rows == 0 { "달나라" } else { "" }),
        known: true,
        rows: (0..rows).map(row).collect(),
        selected: 0,
        more: if rows == 0 { 0 } else { 12 },
    };
    let notice = (rows == 0).then_some(SendingNotice::Agency);
    at(PlaceView::Agency(view), notice)
}

fn purpose() -> SendingView {
    let view = PurposeView {
        number: NUMBER.to_owned(),
        agency: AGENCY.to_owned(),
        purpose: personal(PURPOSE),
    };
    at(PlaceView::Purpose(view), Some(SendingNotice::LongPurpose))
}

fn consent(consent: Option<Consent>) -> SendingView {
    let view = ConsentView {
        number: NUMBER.to_owned(),
        agency: AGENCY.to_owned(),
        purpose: personal(PURPOSE),
        consent,
        sending: false,
    };
    let notice = consent.is_none().then_some(SendingNotice::NoConsent);
    at(PlaceView::Consent(view), notice)
}

fn paper(
    rows: usize,
    selected: usize,
    refusal: Option<DeliveryRefusal>,
    notice: Option<SendingNotice>,
) -> SendingView {
    let row = |number: usize| {
        let end = ENDS[number % ENDS.len()];
        DeliveryRow {
            agency: [AGENCY, "한빛시 교육지원과"][number % 2].to_owned(),
            asked: "11월 24일 10:00".to_owned(),
            end,
            ended: end.map_or("", |_| "12월 1일 10:00").to_owned(),
        }
    };
    let missed = [Some(DeliveryEnd::Refused), Some(DeliveryEnd::Expired)];
    let view = PaperView {
        number: NUMBER.to_owned(),
        refusal,
        rows: (0..rows).map(row).collect(),
        selected,
        again: refusal.is_none() && missed.contains(&ENDS[selected % ENDS.len()]),
        sending: false,
    };
    at(PlaceView::Paper(view), notice)
}

fn personal(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}
