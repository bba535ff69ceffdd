//! A thread that owns a journal and writes for many: whoever waits at the same
//! time shares one transaction, and so one wait for the disk.

mod group;
mod queue;

use std::{
    sync::{Arc, mpsc::sync_channel},
    thread::{self, JoinHandle},
};

use request::{RequestEvent, RequestId, Timestamp};

use crate::{Error, Journal, draft::Draft, prioritise_this_thread};
use group::{Answer, Group};
use queue::{Order, Queue};

/// Cloned for each thread that records; the journal is closed with the last.
#[derive(Clone)]
pub struct Writer {
    door: Arc<Door>,
}

/// Closes the queue behind the last writer.
struct Door {
    queue: Arc<Queue>,
}

/// The thread's side: whoever waits when it ends, however it ends, is told.
struct Desk {
    queue: Arc<Queue>,
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
        let queue = Arc::new(Queue::default());
        let desk = Desk {
            queue: Arc::clone(&queue),
        };
        let thread = thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || {
                prioritise_this_thread();
                desk.serve(journal)
            })?;
        let door = Arc::new(Door { queue });
        Ok((Self { door }, thread))
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
        let place = self.door.queue.append(draft).ok_or(WriteError::Ended)?;
        place.wait()
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
        if !self.door.queue.errand(Box::new(errand)) {
            return Err(WriteError::Ended);
        }
        answered.recv().map_err(|_| WriteError::Ended)
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.queue.close();
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.queue.abandon();
    }
}

impl Desk {
    /// Until the last writer is gone.
    fn serve(self, mut journal: Journal) -> Journal {
        let mut usual = 1;
        while let Some(order) = self.queue.take(usual) {
            match order {
                Order::Append(group) => {
                    usual = group.len();
                    write(&mut journal, group);
                }
                Order::Do(errand) => errand(&mut journal),
            }
        }
        journal
    }
}

fn write(journal: &mut Journal, group: Group) {
    let first = journal.head().number + 1;
    let answer = match journal.commit(group.drafts()) {
        Ok(_) => Answer::Written(first),
        // On a full disk what is begun is refused and what is finished is not.
        Err(Error::Full) => {
            let each = group.drafts().chunks(1);
            Answer::Parted(
                each.map(|it| journal.commit(it).map_err(Arc::new))
                    .collect(),
            )
        }
        Err(error) => {
            let error = Arc::new(error);
            Answer::Parted(vec![Err(error); group.len()])
        }
    };
    group.answer(answer);
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

    fn draft() -> Draft {
        Draft::new(&RequestId::new("r"), &coin(), Timestamp::default()).unwrap()
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
    fn whoever_writes_when_the_thread_has_ended_is_told_so() {
        let journal = Journal::in_memory(StationId::new("gaon-1")).unwrap();
        let (writer, thread) = Writer::start(journal).unwrap();
        // The entry is asked for while the thread is busy with its last errand.
        let other = writer.clone();
        let last = move |_: &mut Journal| {
            let place = other.door.queue.append(draft()).unwrap();
            std::panic::resume_unwind(Box::new(place));
        };

        assert!(matches!(writer.with(last), Err(WriteError::Ended)));

        let place = thread
            .join()
            .err()
            .unwrap()
            .downcast::<group::Place>()
            .unwrap();
        assert!(matches!(place.wait(), Err(WriteError::Ended)));
        assert!(writer.door.queue.append(draft()).is_none());
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
