//! Writes the call book on a thread of its own: calls never wait for a disk.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use distributor::{CallId, Place, WallTime};
use journal::{CallEntry, Journal};
use privacy::Personal;
use request::Timestamp;
use serde::{Deserialize, Serialize};

use super::Fact;

/// Written together at the most.
const TOGETHER: usize = 1_000;
/// Between two writings, so that what many calls bring in the meantime costs the disk
/// one. Who is alone is written at once; a crash takes no more than this with it.
const GATHERING: Duration = Duration::from_millis(20);
/// How often what is too old is erased.
const ERASE_EVERY: Duration = Duration::from_secs(3_600);

/// A place as it is written: with the number of a caller who is to be called back,
/// and the request it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenPlace {
    pub place: Place,
    pub number: Option<Personal<String>>,
    #[serde(default)]
    pub request: Option<String>,
}

type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
/// Hears whether something is durable.
type Tell = Box<dyn FnOnce(bool) + Send>;

/// What is to be written.
struct Order {
    entry: CallEntry,
    tell: Option<Tell>,
}

/// The way to the call book.
pub struct CallBook {
    clock: Clock,
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

impl CallBook {
    /// `clock` says when; facts older than `keep` are erased.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn open(
        journal: Journal,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
        keep: Duration,
    ) -> std::io::Result<Self> {
        let (orders, waiting) = channel();
        let clock: Clock = Arc::new(clock);
        let writers = Arc::clone(&clock);
        let thread = std::thread::Builder::new()
            .name("call-book".to_owned())
            .spawn(move || write(journal, &waiting, &*writers, keep))?;
        Ok(Self {
            clock,
            orders: Some(orders),
            thread: Some(thread),
        })
    }

    pub fn note(&self, call: CallId, fact: &Fact) {
        if let Some(body) = written(fact) {
            let (call, at) = (call.0, (self.clock)());
            self.send(CallEntry::Fact { call, at, body });
        }
    }

    /// Writes a fact down under a time of its own, and says whether it is durable.
    pub fn write_down(
        &self,
        call: CallId,
        at: WallTime,
        fact: &Fact,
        tell: impl FnOnce(bool) + Send + 'static,
    ) {
        let (call, at) = (call.0, Timestamp::from_millis(at.0));
        match written(fact) {
            Some(body) => self.order(Order {
                entry: CallEntry::Fact { call, at, body },
                tell: Some(Box::new(tell)),
            }),
            None => tell(false),
        }
    }

    pub fn keep(&self, place: &WrittenPlace) {
        let call = place.place.call.0;
        if let Some(body) = written(place) {
            self.send(CallEntry::Place { call, body });
        }
    }

    pub fn forget(&self, call: CallId) {
        self.send(CallEntry::PlaceGone { call: call.0 });
    }

    fn send(&self, entry: CallEntry) {
        self.order(Order { entry, tell: None });
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // The thread ends after the last sender alone.
            let _ = orders.send(order);
        }
    }
}

impl Drop for CallBook {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn written(value: &impl Serialize) -> Option<Personal<String>> {
    match serde_json::to_string(value) {
        Ok(body) => Some(Personal::new(body)),
        Err(error) => {
            tracing::error!(
                column = error.column(),
                "A fact of a call cannot be written"
            );
            None
        }
    }
}

fn write(
    mut journal: Journal,
    waiting: &Receiver<Order>,
    clock: &dyn Fn() -> Timestamp,
    keep: Duration,
) {
    let mut erase_at = Instant::now();
    while let Ok(first) = waiting.recv() {
        let more = std::iter::from_fn(|| waiting.try_recv().ok());
        let orders = std::iter::once(first).chain(more).take(TOGETHER);
        let (entries, tell): (Vec<CallEntry>, Vec<Option<Tell>>) =
            orders.map(|it| (it.entry, it.tell)).unzip();
        let written = journal.write_calls(&entries);
        if let Err(error) = &written {
            tracing::error!(%error, lost = entries.len(), "The call book cannot be written");
        }
        tell.into_iter()
            .flatten()
            .for_each(|it| it(written.is_ok()));
        if Instant::now() >= erase_at {
            erase_at = Instant::now() + ERASE_EVERY;
            if let Err(error) = journal.erase_calls(before(clock(), keep)) {
                tracing::warn!(%error, "Old calls are not erased yet");
            }
        }
        std::thread::sleep(GATHERING);
    }
}

fn before(now: Timestamp, span: Duration) -> Timestamp {
    let millis = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millis(now.as_millis().saturating_sub(millis))
}
