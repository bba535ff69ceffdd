//! The events of `events.jsonl`, in its order.

#[path = "cards.rs"]
mod cards;
#[path = "handled.rs"]
mod handled;

use std::collections::BTreeMap;

use privacy::Personal;
use request::{
    AgentId, Applicant, AssistanceEnding, Channel, CheckId, Consent, DeclineReason, DocumentNumber,
    DocumentReference, Enclosure, Fee, FeeReason, FormField, Identification, IdentityLevel, Letter,
    Means, NetworkFault, NotSentReason, Outcome, PayoutPurpose, Promise, RequestEvent, RequestId,
    ResidentNumber, Sender, ServiceId, SpoilReason, StationId, TelephoneNumber, Terms, Vouching,
};

pub(crate) fn events() -> Vec<RequestEvent> {
    let mut events = filling_in();
    events.extend(answers());
    events.extend(money());
    events.extend(paper());
    events.extend(tickets());
    events.push(under_lease());
    events.extend(by_telephone());
    events.extend(with_help());
    events.extend(letters());
    events.extend(by_two_persons());
    events.push(by_text_message());
    events.extend(handled::handled());
    events.extend(in_a_basket());
    events.extend(cards::by_card());
    events
}

/// Money that goes on from one request of a visit to the next.
fn in_a_basket() -> [RequestEvent; 2] {
    [
        RequestEvent::CarriedOver {
            to: RequestId::new("gaon-1-261130-000002"),
            amount_won: 700,
        },
        RequestEvent::BroughtForward {
            from: RequestId::new("gaon-1-261130-000001"),
            amount_won: 700,
        },
    ]
}

fn opened(channel: Channel, identity: IdentityLevel) -> RequestEvent {
    RequestEvent::Opened {
        service: ServiceId::new("land-ledger"),
        service_version: 1,
        channel,
        station: StationId::new("gaon-1"),
        language: "ko".to_owned(),
        terms: Terms {
            identity,
            consent: false,
            questions: vec!["district".to_owned(), "parcel_number".to_owned()],
            copies_max: 5,
        },
    }
}

fn filling_in() -> Vec<RequestEvent> {
    let options = [("history", "no"), ("numbers", "masked")];
    let consent = Consent {
        agency: "행정안전부 주민등록과".to_owned(),
        purpose: "주민등록표 등본 발급".to_owned(),
        fields: vec!["주소와 전입일".to_owned()],
        language: "ko".to_owned(),
    };
    let mut events = vec![
        opened(Channel::Kiosk, IdentityLevel::None),
        opened(Channel::Telephone, IdentityLevel::Number),
        opened(Channel::Kiosk, IdentityLevel::Strong),
        RequestEvent::Identified {
            applicant: applicant(),
            by: Identification::CardAndNumber,
        },
        RequestEvent::Answered {
            question: "parcel_number".to_owned(),
            answer: Personal::new("12-3".to_owned()),
        },
        RequestEvent::OptionsChosen {
            options: BTreeMap::from(options.map(|(id, choice)| (id.to_owned(), choice.to_owned()))),
            copies: 2,
        },
        RequestEvent::Consented { consent },
    ];
    for reason in [FeeReason::Everywhere, FeeReason::Inside, FeeReason::Outside] {
        let legal_basis = "한빛시 제증명 등 수수료 징수 조례 별표 2".to_owned();
        let fee = Fee {
            unit_won: 300,
            legal_basis,
            reason,
        };
        events.push(RequestEvent::FeeQuoted { fee });
    }
    events.push(RequestEvent::Submitted);
    events
}

fn answers() -> Vec<RequestEvent> {
    let faults = [
        NetworkFault::Unreachable,
        NetworkFault::Slow,
        NetworkFault::Nonsense,
    ];
    let reasons = [
        DeclineReason::NoSuchRecord,
        DeclineReason::Unprintable,
        DeclineReason::OutsideHours,
        DeclineReason::Malformed,
    ];
    let document = DocumentReference {
        number: number(),
        pages: 2,
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
    };
    let mut events: Vec<_> = faults
        .map(|fault| RequestEvent::AttemptFailed { fault })
        .into();
    events.push(RequestEvent::Prepared {
        documents: vec![document],
    });
    events.extend(reasons.map(|reason| RequestEvent::Declined { reason }));
    events
}

fn money() -> Vec<RequestEvent> {
    let begun = |means| RequestEvent::PaymentBegun {
        means,
        amount_won: 600,
    };
    let payout = |purpose| RequestEvent::PayoutBegun {
        amount_won: 400,
        purpose,
    };
    vec![
        begun(Means::Cash),
        begun(Means::Card),
        RequestEvent::CoinTaken { value_won: 500 },
        RequestEvent::NoteEscrowed { value_won: 1000 },
        RequestEvent::NoteStackBegun,
        RequestEvent::NoteStacked { value_won: 1000 },
        RequestEvent::NoteReturnBegun,
        RequestEvent::NoteReturned { value_won: 1000 },
        payout(PayoutPurpose::Change),
        payout(PayoutPurpose::Refund),
        RequestEvent::PaidOut { amount_won: 400 },
        RequestEvent::PayoutUnknown { asked_won: 400 },
        RequestEvent::RefundOwed {
            amount_won: 400,
            ticket: "R-gaon-1-261124-000001".to_owned(),
        },
        RequestEvent::FeeCaptured { amount_won: 600 },
        RequestEvent::FeeWaived { amount_won: 600 },
    ]
}

fn paper() -> Vec<RequestEvent> {
    let reasons = [
        SpoilReason::NotPrinted,
        SpoilReason::Unknown,
        SpoilReason::NotWanted,
    ];
    let outcomes = [Outcome::Done, Outcome::Withdrawn, Outcome::Failed];
    let mut events = vec![
        RequestEvent::IssueBegun { number: number() },
        RequestEvent::Issued { number: number() },
    ];
    events.extend(reasons.map(|reason| RequestEvent::Spoiled {
        number: number(),
        reason,
    }));
    events.push(RequestEvent::ReceiptPrinted);
    events.extend(outcomes.map(|outcome| RequestEvent::Closed { outcome }));
    events.extend(replacement());
    events
}

fn replacement() -> Vec<RequestEvent> {
    let document = DocumentReference {
        number: DocumentNumber::new("1126-0000-0000-0002"),
        pages: 2,
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
    };
    vec![
        RequestEvent::PaperConfirmed { number: number() },
        RequestEvent::Spoiled {
            number: number(),
            reason: SpoilReason::NotReceived,
        },
        RequestEvent::ReplacementAsked { number: number() },
        RequestEvent::Replaced {
            number: number(),
            document,
        },
    ]
}

fn tickets() -> Vec<RequestEvent> {
    let ticket = || "3104691493918490".to_owned();
    let collecting = |what| RequestEvent::Collecting {
        ticket: ticket(),
        what,
    };
    let reasons = [
        DeclineReason::NoSuchTicket,
        DeclineReason::NotReady,
        DeclineReason::TicketUsed,
        DeclineReason::TicketBusy,
        DeclineReason::NotTheHolder,
    ];
    let mut events = vec![
        RequestEvent::Queued { ticket: ticket() },
        RequestEvent::Closed {
            outcome: Outcome::Queued,
        },
        RequestEvent::ResultReady,
        collecting(Promise::Documents),
        collecting(Promise::Money),
        RequestEvent::Credited { amount_won: 700 },
    ];
    events.extend(reasons.map(|reason| RequestEvent::Declined { reason }));
    events
}

fn number() -> DocumentNumber {
    DocumentNumber::new("1126-0000-0000-0001")
}

fn applicant() -> Applicant {
    Applicant {
        name: Personal::new("한빛나".to_owned()),
        resident_number: ResidentNumber::parse("900101-2990014").unwrap(),
    }
}

fn by_telephone() -> Vec<RequestEvent> {
    let said = |by| RequestEvent::Identified {
        applicant: applicant(),
        by,
    };
    vec![
        said(Identification::StatedByTelephone),
        said(Identification::RecordQuestions),
    ]
}

fn under_lease() -> RequestEvent {
    RequestEvent::PreparedUnderLease {
        lease: "2611-7K3M".to_owned(),
        documents: vec![DocumentReference {
            number: DocumentNumber::new("2611-7K3M-0V2W-9XYZ"),
            pages: 1,
            sha256: "00".repeat(32),
        }],
    }
}

fn with_help() -> Vec<RequestEvent> {
    let proposed = |field, value: &str| RequestEvent::ValueProposed {
        field,
        value: Personal::new(value.to_owned()),
    };
    let endings = [
        AssistanceEnding::ByCitizen,
        AssistanceEnding::ByAgent,
        AssistanceEnding::LineLost,
    ];
    let mut events = vec![
        RequestEvent::AssistanceBegun {
            desk: StationId::new("desk-1"),
            agent: None,
        },
        RequestEvent::AssistanceBegun {
            desk: StationId::new("desk-1"),
            agent: Some(AgentId::new("kim.2")),
        },
        proposed(FormField::Question("parcel_number".to_owned()), "12-3"),
        proposed(FormField::Option("history".to_owned()), "yes"),
        proposed(FormField::Copies, "2"),
        RequestEvent::ProposalAccepted,
        RequestEvent::ProposalDeclined,
    ];
    events.extend(endings.map(|by| RequestEvent::AssistanceEnded { by }));
    events
}

fn letters() -> Vec<RequestEvent> {
    let sender = |message_id: Option<&str>| RequestEvent::SenderNamed {
        sender: Sender {
            name: Personal::new("한빛나".to_owned()),
            address: Personal::new("na@example.org".to_owned()),
            message_id: message_id.map(|it| Personal::new(it.to_owned())),
        },
    };
    let reasons = [
        NotSentReason::Deferred,
        NotSentReason::Refused,
        NotSentReason::Unknown,
    ];
    let mut events = vec![
        opened(Channel::Email, IdentityLevel::None),
        sender(Some("1@example.org")),
        sender(None),
        RequestEvent::Enclosed {
            enclosures: vec![Enclosure {
                name: Personal::new("가로등.jpg".to_owned()),
                media_type: "image/jpeg".to_owned(),
                bytes: 3,
                sha256: "00".repeat(32),
            }],
        },
        RequestEvent::Assigned {
            agent: "kim".to_owned(),
        },
        RequestEvent::Replied {
            agent: "kim".to_owned(),
            text: Personal::new("고쳤습니다.".to_owned()),
            decision: None,
        },
    ];
    for letter in Letter::ALL {
        events.push(RequestEvent::SendingBegun { letter });
        events.push(RequestEvent::Sent { letter });
    }
    events.extend(reasons.map(|reason| RequestEvent::NotSent {
        letter: Letter::Reply,
        reason,
    }));
    events
}

fn by_two_persons() -> Vec<RequestEvent> {
    let consent = Consent {
        agency: "행정안전부 주민등록과".to_owned(),
        purpose: "카드 없이 본인 확인".to_owned(),
        fields: vec!["주소와 전입일".to_owned()],
        language: "ko".to_owned(),
    };
    let vouching = Vouching {
        check: CheckId::new("1795476600000-3"),
        agent: AgentId::new("kim.2"),
        desk: StationId::new("desk-1"),
        supervisor: AgentId::new("park.1"),
        supervising_desk: StationId::new("desk-2"),
        asked: 4,
        right: 3,
    };
    vec![
        RequestEvent::VouchingAsked { consent },
        RequestEvent::IdentityVouched { vouching },
        RequestEvent::Identified {
            applicant: applicant(),
            by: Identification::TwoPersons,
        },
        RequestEvent::Declined {
            reason: DeclineReason::NotVouched,
        },
    ]
}

fn by_text_message() -> RequestEvent {
    RequestEvent::MessagesWanted {
        telephone: TelephoneNumber::parse("010-1234-5678").unwrap(),
    }
}
