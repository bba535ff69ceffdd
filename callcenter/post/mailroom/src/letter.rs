//! A letter as it goes to the mail server (RFC 5322), and to whom.

use std::time::{Duration, SystemTime};

use catalog::AcceptedService;
use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Mailbox, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};
use mail::LOOP_HEADER;
use post::Order;
use request::{Letter, Timestamp};

use crate::wording;

pub(crate) struct Composed {
    pub(crate) envelope: Envelope,
    pub(crate) message: Vec<u8>,
}

/// `address` is the office's own; none when a letter to this sender cannot be
/// written at all.
pub(crate) fn compose(
    order: &Order,
    address: &Address,
    service: &AcceptedService,
    now: Timestamp,
) -> Option<Composed> {
    let to: Address = order.to.address.reveal().parse().ok()?;
    let name = Some(one_line(order.to.name.reveal())).filter(|it| !it.is_empty());
    let office = Mailbox::new(Some(service.office.ko.clone()), address.clone());
    let mut builder = Message::builder()
        .from(office)
        .to(Mailbox::new(name, to.clone()))
        .date(SystemTime::UNIX_EPOCH + since_1970(now))
        .message_id(Some(message_id(order, address)))
        .raw_header(header(LOOP_HEADER, address.to_string()));
    if let Some(id) = &order.to.message_id {
        let id = format!("<{}>", id.reveal());
        builder = builder.in_reply_to(id.clone()).references(id);
    }
    let (builder, text, return_path) = match (order.letter, &order.reply) {
        (Letter::Acknowledgement, _) => {
            let (subject, text) = wording::acknowledgement(service, &order.request);
            // RFC 3834, 3.1.7 and 3.3: nobody answers it, and nothing bounces.
            let automatic = header("Auto-Submitted", "auto-replied".to_owned());
            (builder.subject(subject).raw_header(automatic), text, None)
        }
        (Letter::Reply, Some(reply)) => {
            let subject = format!("Re: {}", one_line(order.subject.reveal()));
            let text = wording::reply(service, &order.request, reply.text.reveal());
            (builder.subject(subject), text, Some(address.clone()))
        }
        (Letter::Reply, None) => return None,
    };
    let message = builder.singlepart(SinglePart::plain(text)).ok()?;
    Some(Composed {
        envelope: Envelope::new(return_path, vec![to]).ok()?,
        message: message.formatted(),
    })
}

/// A field has no line breaks, and `lettre` does not survive one in a name.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// The same for the same letter, whenever it is tried again, so that a server
/// that has it already can know it.
fn message_id(order: &Order, address: &Address) -> String {
    let kind = match order.letter {
        Letter::Acknowledgement => "acknowledgement",
        Letter::Reply => "reply",
    };
    format!("<{}.{kind}@{}>", order.request, address.domain())
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

fn since_1970(now: Timestamp) -> Duration {
    Duration::from_millis(u64::try_from(now.as_millis()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::path::Path;

    use catalog::Catalog;
    use mail::{Automatic, NotAPetition};
    use privacy::Personal;
    use request::{Reply, RequestId, Sender, ServiceId};

    use super::*;

    const OFFICE: &str = "minwon@hanbit.example";

    fn composed(letter: Letter) -> Composed {
        let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/catalog");
        let catalog = Catalog::read(&house).unwrap();
        let service = catalog
            .accepted_service(&ServiceId::new("petition"))
            .unwrap();
        let order = Order {
            request: RequestId::new("post-1-0123"),
            letter,
            to: Sender {
                name: Personal::new("한빛나\r\nBcc: all@example.org".to_owned()),
                address: Personal::new("na@example.org".to_owned()),
                message_id: Some(Personal::new("1@example.org".to_owned())),
            },
            subject: Personal::new("가로등\r\nBcc: all@example.org".to_owned()),
            reply: Some(Reply {
                agent: "kim".to_owned(),
                text: Personal::new("고쳤습니다.\n.\n끝".to_owned()),
            }),
            tries: 1,
        };
        let now = Timestamp::from_millis(1_795_482_000_000);
        compose(&order, &OFFICE.parse().unwrap(), service, now).unwrap()
    }

    fn text(composed: &Composed) -> String {
        String::from_utf8(composed.message.clone()).unwrap()
    }

    #[test]
    fn an_acknowledgement_is_known_as_a_machines_and_says_nothing_of_the_letter() {
        let letter = composed(Letter::Acknowledgement);

        assert_eq!(letter.envelope.from(), None);
        let read = mail::read(&letter.message, "other@example.org");
        assert_eq!(read, Err(NotAPetition::Automatic(Automatic::Own)));
        let fields = text(&letter);
        assert!(fields.contains("Auto-Submitted: auto-replied"));
        assert!(fields.contains("In-Reply-To: <1@example.org>"));
        assert!(fields.is_ascii() && !fields.contains("고쳤"));
    }

    #[test]
    fn a_reply_can_be_answered_and_is_read_as_it_was_written() {
        let letter = composed(Letter::Reply);

        assert_eq!(letter.envelope.from().unwrap().to_string(), OFFICE);
        let without = text(&letter).replace(LOOP_HEADER, "X-Other");
        let read = mail::read(without.as_bytes(), "other@example.org").unwrap();
        assert!(read.text.reveal().starts_with("고쳤습니다.\n.\n끝"));
        assert!(read.subject.reveal().starts_with("Re: 가로등"));
    }

    #[test]
    fn a_name_or_a_subject_with_a_line_break_adds_no_field() {
        for kind in Letter::ALL {
            let letter = composed(kind);
            assert!(!text(&letter).contains("\r\nBcc:"), "{kind:?}");
            assert_eq!(letter.envelope.to().len(), 1);
        }
    }
}
