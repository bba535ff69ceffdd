//! The tickets on paper: what was accepted and is done later, and money that is owed.
//!
//! They name no person: whoever finds one learns nothing of its owner.

use request::IdentityLevel;
use sheet::{Line, Sheet};

use super::{Moment, Visit};

/// For a request that goes on without its citizen.
pub(super) fn claim_ticket(visit: &Visit, now: Moment) -> Option<Sheet> {
    let service = visit.service()?;
    let language = visit.language();
    let title = service.title.in_language(language).to_owned();
    let mut lines = vec![
        Line::Heading(visit.say("접수증", "Claim ticket")),
        Line::Note(visit.site.office.in_language(language).to_owned()),
        Line::Rule,
        visit.field("신청한 것", "You asked for", title),
        visit.field("접수한 때", "Accepted on", when(now)),
        Line::Text(visit.say(
            "기관과 연결되면 처리해 드려요. 어느 무인민원발급기에서나 ‘접수증·환불증이 있어요’를 누르고 아래 번호를 넣으면 찾을 수 있어요.",
            "It will be done when the agency can be reached. At any kiosk, touch “I have a ticket” and enter the number below.",
        )),
    ];
    lines.extend(code_of(visit, 0, now)?);
    if service.identity > IdentityLevel::None {
        let card = visit.say("신분증", "Your identity card");
        lines.push(visit.field("가져올 것", "Bring", card));
    }
    lines.extend(place_of(visit));
    Some(Sheet::new(lines))
}

/// For a petition, with the number it is asked for by.
pub(super) fn receipt(visit: &Visit, now: Moment) -> Option<Sheet> {
    let service = visit.petition()?;
    let language = visit.language();
    let words = |text: &catalog::Bilingual| text.in_language(language).to_owned();
    let mut lines = vec![
        Line::Heading(visit.say("민원 접수증", "Receipt of a petition")),
        Line::Note(words(&visit.site.office)),
        Line::Rule,
        visit.field("접수한 것", "You filed", words(&service.title)),
        visit.field("접수한 때", "Received on", when(now)),
        visit.field("처리 기한", "Term", visit.term_on_paper(service)),
        Line::Text(visit.say(
            "어디까지 처리했는지는 어느 무인민원발급기에서나 ‘접수증·환불증이 있어요’를 누르고 아래 접수번호를 넣으면 볼 수 있어요.",
            "To see how it stands, touch “I have a ticket” at any kiosk and enter the receipt number below.",
        )),
    ];
    lines.extend(code_of(visit, 0, now)?);
    lines.extend(place_of(visit));
    Some(Sheet::new(lines))
}

/// For money the machine keeps and owes.
pub(super) fn refund_ticket(visit: &Visit, now: Moment) -> Option<Sheet> {
    let owed_won = visit.person.request.as_ref()?.money.owed_won;
    let mut lines = vec![
        Line::Heading(visit.say("환불증", "Refund ticket")),
        Line::Amount {
            label: visit.say("돌려드릴 돈", "We owe you"),
            amount_won: owed_won,
        },
        visit.field("적은 때", "Written on", when(now)),
        Line::Text(visit.say(
            "기계가 돌려드리지 못한 돈이에요. 어느 무인민원발급기에서나 ‘접수증·환불증이 있어요’를 누르고 아래 번호를 넣거나, 창구에 보여 주세요.",
            "The machine could not give this money back. At any kiosk, touch “I have a ticket” and enter the number below, or show this slip at the counter.",
        )),
    ];
    lines.extend(code_of(visit, owed_won, now)?);
    lines.extend(place_of(visit));
    Some(Sheet::new(lines))
}

/// The code, signed for machines and in digits for people.
fn code_of(visit: &Visit, amount_won: u32, now: Moment) -> Option<[Line; 2]> {
    let code = visit.person.ticket.as_ref()?;
    let seconds = now.wall.as_millis() / 1000;
    let signed = visit.tickets.sign(code, amount_won, seconds);
    let text = signed
        .inspect_err(|error| tracing::error!(%error, "A ticket could not be signed"))
        .ok()?;
    let caption = visit.say("기계가 읽는 코드", "For machines");
    Some([Line::Qr { text, caption }, Line::Code(code.to_string())])
}

fn place_of(visit: &Visit) -> [Line; 3] {
    let place = visit.site.place.in_language(visit.language()).to_owned();
    [
        Line::Rule,
        visit.field("있는 곳", "Place", place),
        visit.field("문의", "Questions", visit.site.telephone.clone()),
    ]
}

/// As a slip tells a time.
pub(super) fn when(now: Moment) -> String {
    let local = now.wall.local();
    let (hour, minute) = (local.minute_of_day / 60, local.minute_of_day % 60);
    format!("{local} {hour:02}:{minute:02}")
}

impl Visit {
    pub(super) fn field(&self, ko: &str, en: &str, value: String) -> Line {
        Line::Field {
            label: self.say(ko, en),
            value,
        }
    }
}
