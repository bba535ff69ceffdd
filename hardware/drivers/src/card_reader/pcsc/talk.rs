//! Talks to the card that is in, in a thread of its own: a card may take its time.

use std::sync::mpsc::Receiver;

use jiff::civil::Date;
use pcsc::{Card, Context, Disposition, Error, Protocols, Scope, ShareMode};
use tokio::sync::mpsc::UnboundedSender;
use zeroize::Zeroizing;

use super::{
    super::chip_card::{Answer, Conversation, Protocol, Question, RESPONSE_MAX},
    reader_name::ReaderName,
    watch::find,
};

pub(super) type Asked = (Conversation, Question);
pub(super) type Answered = (Conversation, Answer);

/// Answers every question but a disconnection, until nobody can ask any more.
pub(super) fn talk(
    name: &ReaderName,
    today: impl Fn() -> Date,
    questions: &Receiver<Asked>,
    answers: &UnboundedSender<Answered>,
) {
    let mut card = None;
    while let Ok((conversation, question)) = questions.recv() {
        let answer = match question {
            Question::Connect => {
                disconnect(card.take());
                connect(name).map(|(connected, protocol)| {
                    card = Some(connected);
                    let today = today();
                    Answer::Connected { protocol, today }
                })
            }
            Question::Transmit(command) => transmit(card.as_ref(), &command),
            Question::Disconnect => {
                disconnect(card.take());
                continue;
            }
        };
        let answer = answer.unwrap_or_else(|error| {
            if error == Error::SharingViolation {
                return Answer::Busy;
            }
            tracing::debug!(%error, "A card could not be talked to");
            Answer::Broken
        });
        // Nobody listens any more just before nobody asks any more.
        let _ = answers.send((conversation, answer));
    }
}

/// Has the card for itself, so that nobody selects another application meanwhile.
fn connect(name: &ReaderName) -> Result<(Card, Protocol), Error> {
    let context = Context::establish(Scope::System)?;
    let reader = find(&context, name)?.ok_or(Error::UnknownReader)?;
    let card = context.connect(&reader, ShareMode::Exclusive, Protocols::ANY)?;
    let protocol = match card.status2_owned()?.protocol2() {
        Some(pcsc::Protocol::T0) => Protocol::T0,
        Some(pcsc::Protocol::T1 | pcsc::Protocol::RAW) | None => Protocol::T1,
    };
    Ok((card, protocol))
}

fn transmit(card: Option<&Card>, command: &[u8]) -> Result<Answer, Error> {
    let card = card.ok_or(Error::NoSmartcard)?;
    let mut buffer = Zeroizing::new([0; RESPONSE_MAX]);
    let response = card.transmit(command, &mut *buffer)?;
    // A card that goes away may leave a success without status bytes behind.
    Ok(if response.len() < 2 {
        Answer::Broken
    } else {
        Answer::Response(Zeroizing::new(response.to_vec()))
    })
}

/// Without power a card forgets what was selected and proven.
fn disconnect(card: Option<Card>) {
    if let Some(Err((_, error))) = card.map(|card| card.disconnect(Disposition::UnpowerCard)) {
        tracing::debug!(%error, "A card was gone before it was let go");
    }
}
