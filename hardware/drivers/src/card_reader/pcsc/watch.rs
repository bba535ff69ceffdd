//! Waits for the reader and for cards, in a thread of its own.

use std::{
    ffi::CString,
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::Duration,
};

use pcsc::{Context, Error, ReaderState, Scope, State};
use tokio::sync::mpsc::UnboundedSender;

use super::reader_name::ReaderName;

/// The first pause before PC/SC is asked again, doubled up to the last.
const PAUSE: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(8));
/// The longest wait for a change: a call back that came too early is noticed then.
const WAIT: Duration = Duration::from_secs(10);
/// Between two looks for a reader that is not there.
const READER_PAUSE: Duration = Duration::from_millis(500);

/// Nothing is ever sent to the watching thread; the line is only hung up.
pub(super) enum Never {}

pub(super) enum Seen {
    /// Where to call the thread back from its wait.
    Watching(Context),
    ReaderFound,
    ReaderLost,
    CardIn,
    CardOut,
}

/// Watches until `stopped` is hung up.
pub(super) fn watch(name: &ReaderName, seen: &UnboundedSender<Seen>, stopped: &Receiver<Never>) {
    let mut watch = Watch {
        name,
        seen,
        stopped,
        pause: PAUSE.0,
    };
    while !watch.is_stopped_within(Duration::ZERO) {
        let Err(error) = watch.attend() else {
            return;
        };
        watch.see(Seen::ReaderLost);
        tracing::debug!(%error, "The card service does not answer");
        if watch.is_stopped_within(watch.pause) {
            return;
        }
        watch.pause = (watch.pause * 2).min(PAUSE.1);
    }
}

struct Watch<'a> {
    name: &'a ReaderName,
    seen: &'a UnboundedSender<Seen>,
    stopped: &'a Receiver<Never>,
    pause: Duration,
}

impl Watch<'_> {
    /// Watches until the driver is stopped.
    ///
    /// # Errors
    /// When the card service fails or goes away.
    fn attend(&mut self) -> Result<(), Error> {
        let context = Context::establish(Scope::System)?;
        self.see(Seen::Watching(context.clone()));
        while !self.is_stopped_within(Duration::ZERO) {
            match find(&context, self.name)? {
                Some(reader) => {
                    tracing::info!(?reader, "The chip-card reader is there");
                    self.pause = PAUSE.0;
                    self.see(Seen::ReaderFound);
                    self.follow(&context, reader)?;
                }
                None => {
                    self.see(Seen::ReaderLost);
                    if self.is_stopped_within(READER_PAUSE) {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }

    /// Tells of cards until the reader is gone or the driver is stopped.
    fn follow(&self, context: &Context, reader: CString) -> Result<(), Error> {
        let mut states = [ReaderState::new(reader, State::UNAWARE)];
        // The count of insertions and removals while a card is in.
        let mut card = None;
        loop {
            match context.get_status_change(WAIT, &mut states) {
                Ok(()) | Err(Error::Timeout | Error::Cancelled) => {}
                Err(error) => return Err(error),
            }
            if self.is_stopped_within(Duration::ZERO) {
                return Ok(());
            }
            let [state] = &mut states;
            let event = state.event_state();
            if event.intersects(State::UNKNOWN | State::UNAVAILABLE | State::IGNORE) {
                tracing::warn!("The chip-card reader is gone");
                return Ok(());
            }
            let now = event.contains(State::PRESENT).then(|| state.event_count());
            if now != card {
                // A card may have been changed between two looks.
                if card.is_some() {
                    self.see(Seen::CardOut);
                }
                if now.is_some() {
                    self.see(Seen::CardIn);
                }
                card = now;
            }
            state.sync_current_state();
        }
    }

    fn is_stopped_within(&self, pause: Duration) -> bool {
        matches!(
            self.stopped.recv_timeout(pause),
            Err(RecvTimeoutError::Disconnected)
        )
    }

    fn see(&self, seen: Seen) {
        // Nobody listens any more just before the thread is stopped.
        let _ = self.seen.send(seen);
    }
}

/// The reader that is meant, if it is there.
pub(super) fn find(context: &Context, name: &ReaderName) -> Result<Option<CString>, Error> {
    match context.list_readers_owned() {
        Ok(readers) => Ok(name.choose(readers)),
        Err(Error::NoReadersAvailable) => Ok(None),
        Err(error) => Err(error),
    }
}
