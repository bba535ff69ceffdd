//! A reader of chip cards behind PC/SC (pcsc-lite), the driver for any CCID reader.
//!
//! Two threads do what blocks: one waits for cards to come and go, one talks to
//! the card that is in. A card that hangs keeps only the second one waiting.

mod reader_name;
mod talk;
mod watch;

use std::{io, sync::mpsc, thread, time::Instant};

use devices::card_reader::{CardReaderEvent, CardReaderOrder};
use jiff::civil::Date;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use self::{
    reader_name::ReaderName,
    talk::{Answered, Asked},
    watch::{Never, Seen},
};
use super::chip_card::{ChipCardReader, Input, Output};

#[derive(Clone, Debug)]
pub struct PcscSettings {
    /// The reader's name as PC/SC lists it (`opensc-tool -l`), or how it begins,
    /// if no other begins so: its end counts the readers and changes with the plug.
    pub reader: String,
}

#[derive(Debug, thiserror::Error)]
pub enum PcscError {
    #[error("a chip-card reader must be named")]
    NoName,
    #[error("a thread for the chip-card reader cannot be started")]
    Thread(#[source] io::Error),
}

/// Starts the driver within the present Tokio runtime; it ends when the sender
/// is dropped. A card's last day is compared with `today`.
///
/// # Errors
/// When no reader is named or no thread can be started.
pub fn start(
    settings: &PcscSettings,
    today: impl Fn() -> Date + Send + 'static,
    tell: impl Fn(CardReaderEvent) + Send + 'static,
) -> Result<UnboundedSender<CardReaderOrder>, PcscError> {
    let name = ReaderName::new(&settings.reader).ok_or(PcscError::NoName)?;
    let (orders, orders_taken) = unbounded_channel();
    let (seen, seen_taken) = unbounded_channel();
    let (answers, answers_taken) = unbounded_channel();
    let (questions, questions_taken) = mpsc::channel();
    let (running, stopped) = mpsc::channel();
    let (watched, talked) = (name.clone(), name);
    spawn("chip-card-watch", move || {
        watch::watch(&watched, &seen, &stopped);
    })?;
    spawn("chip-card-talk", move || {
        talk::talk(&talked, today, &questions_taken, &answers);
    })?;
    let shell = Shell {
        reader: ChipCardReader::default(),
        seen: seen_taken,
        answers: answers_taken,
        questions,
        tell,
        watching: None,
        running,
    };
    tokio::spawn(shell.run(orders_taken));
    Ok(orders)
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), PcscError> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map(drop)
        .map_err(PcscError::Thread)
}

struct Shell<Tell> {
    reader: ChipCardReader,
    seen: UnboundedReceiver<Seen>,
    answers: UnboundedReceiver<Answered>,
    questions: mpsc::Sender<Asked>,
    tell: Tell,
    /// Where the watching thread waits, to be called back from there.
    watching: Option<pcsc::Context>,
    /// Hung up at the end, which the watching thread notices.
    running: mpsc::Sender<Never>,
}

impl<Tell: Fn(CardReaderEvent)> Shell<Tell> {
    async fn run(mut self, mut orders: UnboundedReceiver<CardReaderOrder>) {
        loop {
            self.carry_out();
            let due = self.reader.poll_timeout();
            let input = tokio::select! {
                order = orders.recv() => match order {
                    Some(order) => Input::Order(order),
                    None => return self.stop(),
                },
                Some(seen) = self.seen.recv() => match self.saw(seen) {
                    Some(input) => input,
                    None => continue,
                },
                Some((conversation, answer)) = self.answers.recv() => {
                    Input::Answer(conversation, answer)
                }
                () = until(due) => {
                    self.reader.handle_timeout(Instant::now());
                    continue;
                }
            };
            self.reader.handle(input, Instant::now());
        }
    }

    fn carry_out(&mut self) {
        while let Some(output) = self.reader.poll_output() {
            match output {
                Output::Ask(conversation, question) => {
                    // The thread lives as long as this sender.
                    let _ = self.questions.send((conversation, question));
                }
                Output::Tell(event) => (self.tell)(event),
            }
        }
    }

    fn saw(&mut self, seen: Seen) -> Option<Input> {
        Some(match seen {
            Seen::Watching(context) => {
                self.watching = Some(context);
                return None;
            }
            Seen::ReaderFound => Input::ReaderFound,
            Seen::ReaderLost => Input::ReaderLost,
            Seen::CardIn => Input::CardIn,
            Seen::CardOut => Input::CardOut,
        })
    }

    /// Calls the watching thread back; should it not be waiting just now, it
    /// finds at the end of its next wait that it is not needed any more.
    fn stop(self) {
        let Self {
            watching, running, ..
        } = self;
        drop(running);
        if let Some(context) = watching {
            let _ = context.cancel();
        }
    }
}

async fn until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due.into()).await,
        None => std::future::pending().await,
    }
}
