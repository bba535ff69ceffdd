//! Documents on their way to agencies, as an agent sees them.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

mod agreeing;
mod following;
mod looking_up;

use request::Timestamp;
use sync::DeliveryRefusal;

use super::*;
use crate::Language;

/// 24 November 2026, ten o'clock in Seoul.
const TEN: Timestamp = Timestamp::from_millis(1_795_482_000_000);
const NUMBER: &str = "2611-7KQM-X4TD-09RW";
const WELFARE: &str = "welfare-office";

struct Pane {
    sending: Sending,
    now: Moment,
}

fn words(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

fn number() -> DocumentNumber {
    DocumentNumber::new(NUMBER)
}

fn agency(id: &str, ko: &str, en: &str) -> Recipient {
    let (ko, en) = (ko.to_owned(), en.to_owned());
    Recipient {
        id: id.to_owned(),
        title: Title { ko, en },
    }
}

fn agencies() -> Vec<Recipient> {
    vec![
        agency("archives", "기록관리과", "Archives"),
        agency(WELFARE, "복지정책과", "Welfare"),
        agency("tax", "세무과", "Tax"),
    ]
}

fn delivery(recipient: &str, end: Option<DeliveryEnd>) -> Delivery {
    Delivery {
        id: format!("to {recipient}"),
        recipient: recipient.to_owned(),
        asked_at: TEN,
        end,
        ended_at: end.map(|_| TEN),
    }
}

fn found(refusal: Option<DeliveryRefusal>, deliveries: &[Delivery]) -> SendingEvent {
    let deliveries = deliveries.to_vec();
    SendingEvent::Found(
        number(),
        Ok(Found {
            refusal,
            deliveries,
        }),
    )
}

fn looked_up() -> SendingCommand {
    SendingCommand::LookUp(number())
}

fn wanted() -> Wanted {
    Wanted {
        number: number(),
        recipient: WELFARE.to_owned(),
        purpose: words("기초연금 신청"),
        consent: Consent::ReadAloud,
    }
}

impl Pane {
    /// Nobody has typed anything yet.
    fn open() -> Self {
        let mut pane = Self {
            sending: Sending::new(true),
            now: Moment {
                instant: Instant::now(),
                wall: TEN,
            },
        };
        pane.hears(SendingEvent::Works(Some("kim.2".to_owned())));
        pane.hears(SendingEvent::Shown(true));
        assert_eq!(pane.said(), [SendingCommand::AskRecipients]);
        pane.hears(SendingEvent::Recipients(Ok(agencies())));
        pane
    }

    /// The exchange has told of the document, and that these became of it.
    fn with(deliveries: &[Delivery]) -> Self {
        let mut pane = Self::open();
        pane.touch(SendingTouch::Number(words(NUMBER)));
        pane.touch(SendingTouch::Next);
        assert_eq!(pane.said(), [looked_up()]);
        pane.hears(found(None, deliveries));
        pane
    }

    /// The consent to send it to the welfare office is about to be read.
    fn reading() -> Self {
        let mut pane = Self::with(&[]);
        pane.touch(SendingTouch::Agency(words("복지")));
        pane.touch(SendingTouch::Next);
        pane.touch(SendingTouch::Purpose(words("기초연금 신청")));
        pane.touch(SendingTouch::Next);
        pane
    }

    /// It is on its way to the exchange.
    fn sent() -> Self {
        let mut pane = Self::reading();
        pane.touch(SendingTouch::Consented);
        pane.touch(SendingTouch::Next);
        assert_eq!(pane.said(), [SendingCommand::Send(wanted())]);
        pane
    }

    fn hears(&mut self, event: SendingEvent) {
        self.sending.handle(event, self.now);
    }

    fn touch(&mut self, touch: SendingTouch) {
        self.hears(SendingEvent::Touched(touch));
    }

    fn said(&mut self) -> Vec<SendingCommand> {
        std::iter::from_fn(|| self.sending.poll_command()).collect()
    }

    fn view(&self) -> SendingView {
        self.sending.present(Language::Korean, self.now)
    }

    fn notice(&self) -> Option<SendingNotice> {
        self.view().notice
    }

    fn check(&self) -> NumberCheck {
        match self.view().place {
            PlaceView::Number(view) => view.check,
            other => panic!("{other:?}"),
        }
    }

    fn paper(&self) -> PaperView {
        match self.view().place {
            PlaceView::Paper(view) => view,
            other => panic!("{other:?}"),
        }
    }

    fn agencies(&self) -> AgencyView {
        match self.view().place {
            PlaceView::Agency(view) => view,
            other => panic!("{other:?}"),
        }
    }

    fn purpose(&self) -> PurposeView {
        match self.view().place {
            PlaceView::Purpose(view) => view,
            other => panic!("{other:?}"),
        }
    }

    fn consent(&self) -> ConsentView {
        match self.view().place {
            PlaceView::Consent(view) => view,
            other => panic!("{other:?}"),
        }
    }
}
