//! Recordings are sealed and written on a thread of their own: the clock waits for no disk.

use std::{
    collections::{BTreeMap, VecDeque},
    io,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, channel, sync_channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use mio::Waker;

use crate::{
    bridge::Tape,
    local::StartError,
    plane::{Event, RecordingId},
    recording::{RecordingFile, Shelf},
};

/// Half seconds that wait for the disk at the most: two of a thousand calls.
const WAITING_MAX: usize = 4_000;
const SYNC_EVERY: Duration = Duration::from_millis(500);

/// The clock's end: never waits.
pub(super) struct Tapes {
    sender: SyncSender<Piece>,
    waiting: VecDeque<Piece>,
    told: Receiver<Event>,
    thread: JoinHandle<()>,
}

struct Piece {
    recording: RecordingId,
    content: Content,
}

enum Content {
    Tape(Tape),
    /// Octets for which there was no room.
    Missing(usize),
}

impl Tapes {
    pub(super) fn start(shelf: Shelf, waker: Arc<Waker>) -> Result<Self, StartError> {
        shelf.prepare().map_err(StartError::Shelf)?;
        let (sender, pieces) = sync_channel(WAITING_MAX);
        let (tell, told) = channel();
        let tell = move |event| {
            // Nobody listens once the plane has ended.
            if tell.send(event).is_ok() {
                let _ = waker.wake();
            }
        };
        let thread = std::thread::Builder::new()
            .name("recordings".to_owned())
            .spawn(move || {
                Writer {
                    shelf,
                    files: BTreeMap::new(),
                    tell: Box::new(tell),
                }
                .run(&pieces)
            })
            .map_err(StartError::Thread)?;
        Ok(Self {
            sender,
            waiting: VecDeque::new(),
            told,
            thread,
        })
    }

    /// Takes a piece; sound for which there is no room becomes a note that it is missing.
    pub(super) fn put(&mut self, recording: RecordingId, tape: Tape) {
        let mut content = Content::Tape(tape);
        if let Content::Tape(Tape::Sound(sound)) = &content
            && self.waiting.len() >= WAITING_MAX
        {
            let octets = sound.len();
            let last = self
                .waiting
                .iter_mut()
                .rev()
                .find(|piece| piece.recording == recording);
            if let Some(Piece {
                content: Content::Missing(before),
                ..
            }) = last
            {
                *before += octets;
                return;
            }
            content = Content::Missing(octets);
        }
        self.waiting.push_back(Piece { recording, content });
    }

    /// Hands over what the writer has room for.
    pub(super) fn hand_over(&mut self) {
        while let Some(piece) = self.waiting.pop_front() {
            match self.sender.try_send(piece) {
                Ok(()) => {}
                Err(TrySendError::Full(piece)) => {
                    self.waiting.push_front(piece);
                    return;
                }
                Err(TrySendError::Disconnected(_)) => return,
            }
        }
    }

    pub(super) fn told(&mut self) -> Option<Event> {
        self.told.try_recv().ok()
    }

    /// Waits until everything is on the disk, and answers what is still to be told.
    pub(super) fn finish(self) -> Vec<Event> {
        let Self {
            sender,
            waiting,
            told,
            thread,
        } = self;
        for piece in waiting {
            // Nobody keeps time any more; when the writer has ended nothing can be done.
            let _ = sender.send(piece);
        }
        drop(sender);
        if thread.join().is_err() {
            tracing::error!("The thread that writes recordings panicked");
        }
        told.try_iter().collect()
    }
}

/// The disk's end.
struct Writer {
    shelf: Shelf,
    /// None where writing failed; what follows is let go.
    files: BTreeMap<RecordingId, Option<RecordingFile>>,
    tell: Box<dyn Fn(Event) + Send>,
}

impl Writer {
    fn run(mut self, pieces: &Receiver<Piece>) {
        let mut sync_at: Option<Instant> = None;
        loop {
            let patience = sync_at.map(|at| at.saturating_duration_since(Instant::now()));
            let piece = match patience {
                None => pieces.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(patience) => pieces.recv_timeout(patience),
            };
            match piece {
                Ok(Piece { recording, content }) => self.write(recording, content),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let now = Instant::now();
            if *sync_at.get_or_insert(now + SYNC_EVERY) <= now {
                sync_at = None;
                self.sync();
            }
        }
    }

    fn write(&mut self, recording: RecordingId, content: Content) {
        if let Content::Tape(Tape::Finished) = content {
            if let Some(Some(file)) = self.files.remove(&recording) {
                match file.finish() {
                    Ok(recorded) => (self.tell)(Event::Recorded {
                        recording,
                        recorded,
                    }),
                    Err(error) => self.failed(recording, &error),
                }
            }
            return;
        }
        let shelf = &self.shelf;
        let mut begun = Ok(());
        let file = self.files.entry(recording).or_insert_with(|| {
            let now = SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default();
            RecordingFile::begin(shelf, recording, now)
                .map_err(|error| begun = Err(error))
                .ok()
        });
        let written = begun.and_then(|()| file.as_mut().map_or(Ok(()), |file| put(file, content)));
        if let Err(error) = written {
            self.files.insert(recording, None);
            self.failed(recording, &error);
        }
    }

    /// One for all: they are on one file system.
    fn sync(&mut self) {
        let any = self
            .files
            .iter()
            .find_map(|(recording, file)| Some((*recording, file.as_ref()?)));
        if let Some((recording, file)) = any
            && let Err(error) = file.sync()
        {
            self.files.insert(recording, None);
            self.failed(recording, &error);
        }
    }

    fn failed(&self, recording: RecordingId, error: &io::Error) {
        tracing::error!(recording = recording.0, %error, "A recording cannot be written");
        (self.tell)(Event::RecordingFailed { recording });
    }
}

fn put(file: &mut RecordingFile, content: Content) -> io::Result<()> {
    match content {
        Content::Missing(octets) => file.missing(octets),
        Content::Tape(Tape::Sound(sound)) => file.sound(&sound),
        Content::Tape(Tape::Paused(reason)) => file.paused(reason),
        Content::Tape(Tape::Resumed) => file.resumed(),
        Content::Tape(Tape::Finished) => Ok(()),
    }
}
