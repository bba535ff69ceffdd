//! A thread that owns a journal and writes for many: whoever waits at the same
//! time shares one transaction, and so one wait for the disk.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use request::{RequestEvent, RequestId, Timestamp};

use crate::{Error, Journal, draft::Draft, prioritise_this_thread};

/// Entries in one transaction; beyond this the first waits too long for the last.
const GROUP: usize = 256;
/// How long the first of a group waits for as many as shared the last one: they
/// were told at the same time and will soon be back. Whoever writes alone waits
/// for nobody (as `commit_delay` with `commit_siblings` in PostgreSQL).
const GATHER: Duration = Duration::from_micros(200);

type Answer = Result<u64, Arc<Error>>;
type Errand = Box<dyn FnOnce(&mut Journal) + Send>;

enum Order {
    Append(Draft, SyncSender<Answer>),
    Do(Errand),
}

/// Cloned for each thread that records; the journal is closed with the last.
#[derive(Clone)]
pub struct Writer {
    orders: Sender<Order>,
}

#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Shared by all whose entries would have been one transaction.
    #[error(transparent)]
    Journal(Arc<Error>),
    #[error("the journal's thread has ended")]
    Ended,
}

impl Writer {
    /// Gives the journal a thread. Joining it, after the last clone is gone,
    /// gives the journal back.
    ///
    /// # Errors
    /// When the machine has no threads left.
    pub fn start(journal: Journal) -> Result<(Self, JoinHandle<Journal>), std::io::Error> {
        let (orders, heard) = channel();
        let thread = thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || {
                prioritise_this_thread();
                write(journal, &heard)
            })?;
        Ok((Self { orders }, thread))
    }

    /// As [`Journal::append`]; waits until the entry is durable.
    ///
    /// # Errors
    /// When the entry was not written; then it has *not* happened.
    pub fn append(
        &self,
        request: &RequestId,
        event: &RequestEvent,
        now: Timestamp,
    ) -> Result<u64, WriteError> {
        let draft =
            Draft::new(request, event, now).map_err(|it| WriteError::Journal(Arc::new(it)))?;
        let (answer, answered) = sync_channel(1);
        self.orders
            .send(Order::Append(draft, answer))
            .map_err(|_| WriteError::Ended)?;
        answered
            .recv()
            .map_err(|_| WriteError::Ended)?
            .map_err(WriteError::Journal)
    }

    /// Anything else that needs the journal, after what was asked before it.
    ///
    /// # Errors
    /// When the journal's thread has ended.
    pub fn with<R: Send + 'static>(
        &self,
        errand: impl FnOnce(&mut Journal) -> R + Send + 'static,
    ) -> Result<R, WriteError> {
        let (answer, answered) = sync_channel(1);
        let errand = move |journal: &mut Journal| drop(answer.send(errand(journal)));
        self.orders
            .send(Order::Do(Box::new(errand)))
            .map_err(|_| WriteError::Ended)?;
        answered.recv().map_err(|_| WriteError::Ended)
    }
}

/// Until the last writer is gone.
fn write(mut journal: Journal, orders: &Receiver<Order>) -> Journal {
    let (mut drafts, mut waiting) = (Vec::new(), Vec::new());
    let mut usual = 1;
    while let Ok(first) = orders.recv() {
        let gathered = Instant::now() + GATHER;
        let mut next = Some(first);
        let mut errand = None;
        while let Some(order) = next.take() {
            match order {
                Order::Append(draft, answer) => {
                    drafts.push(draft);
                    waiting.push(answer);
                }
                Order::Do(it) => errand = Some(it),
            }
            if errand.is_none() && drafts.len() < GROUP {
                next = orders.try_recv().ok();
            }
            if next.is_none() && errand.is_none() && drafts.len() < usual {
                let left = gathered.saturating_duration_since(Instant::now());
                next = orders.recv_timeout(left).ok();
            }
        }
        usual = drafts.len();
        write_group(&mut journal, &drafts, &waiting);
        drafts.clear();
        waiting.clear();
        if let Some(errand) = errand {
            errand(&mut journal);
        }
    }
    journal
}

fn write_group(journal: &mut Journal, drafts: &[Draft], waiting: &[SyncSender<Answer>]) {
    if drafts.is_empty() {
        return;
    }
    let first = journal.head().number + 1;
    match journal.commit(drafts) {
        Ok(_) => {
            for (number, answer) in (first..).zip(waiting) {
                // Whoever gave up waiting is not told; the entry is written all the same.
                let _ = answer.send(Ok(number));
            }
        }
        // On a full disk what is begun is refused and what is finished is not.
        Err(Error::Full) if drafts.len() > 1 => {
            for (draft, answer) in drafts.chunks(1).zip(waiting.chunks(1)) {
                write_group(journal, draft, answer);
            }
        }
        Err(error) => {
            let error = Arc::new(error);
            for answer in waiting {
                let _ = answer.send(Err(Arc::clone(&error)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::collections::BTreeSet;

    use request::StationId;

    use super::*;

    const PRODUCERS: u64 = 8;
    const EACH: u64 = 50;

    fn coin() -> RequestEvent {
        RequestEvent::CoinTaken { value_won: 100 }
    }

    #[test]
    fn many_write_at_once_and_each_is_told_a_number_of_its_own() {
        let journal = Journal::in_memory(StationId::new("gaon-1")).unwrap();
        let (writer, thread) = Writer::start(journal).unwrap();
        let producers: Vec<_> = (0..PRODUCERS)
            .map(|producer| {
                let writer = writer.clone();
                thread::spawn(move || {
                    let id = RequestId::new(format!("r-{producer}"));
                    let now = Timestamp::default();
                    (0..EACH)
                        .map(|_| (id.clone(), writer.append(&id, &coin(), now).unwrap()))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        let told: Vec<_> = producers
            .into_iter()
            .flat_map(|it| it.join().unwrap())
            .collect();
        drop(writer);

        let journal = thread.join().unwrap();
        let entries = journal.entries(0, u32::MAX).unwrap();
        let numbers: BTreeSet<u64> = told.iter().map(|(_, number)| *number).collect();
        assert_eq!(numbers, (1..=PRODUCERS * EACH).collect());
        for (id, number) in told {
            let index = usize::try_from(number - 1).unwrap();
            assert_eq!(entries[index].request, id);
        }
    }

    #[test]
    fn an_errand_sees_what_was_written_before_it() {
        let journal = Journal::in_memory(StationId::new("gaon-1")).unwrap();
        let (writer, _thread) = Writer::start(journal).unwrap();
        let id = RequestId::new("r");
        writer.append(&id, &coin(), Timestamp::default()).unwrap();

        let pending = writer.with(|journal| journal.pending(0, 10).unwrap().len());

        assert_eq!(pending.unwrap(), 1);
    }

    #[test]
    fn all_of_a_group_that_cannot_be_written_are_told_so_and_the_next_one_is_written() {
        let journal = Journal::in_memory(StationId::new("gaon-1")).unwrap();
        let (writer, _thread) = Writer::start(journal).unwrap();
        let id = RequestId::new("r");
        let read_only = |on: bool| {
            writer
                .with(move |it| it.connection.pragma_update(None, "query_only", on).unwrap())
                .unwrap();
        };
        read_only(true);
        let refused = writer.append(&id, &coin(), Timestamp::default());
        assert!(matches!(refused, Err(WriteError::Journal(_))));
        read_only(false);

        assert_eq!(
            writer.append(&id, &coin(), Timestamp::default()).unwrap(),
            1
        );
    }
}
