//! The media plane in this process: sockets, a clock and one thread around the bridge.

mod clock;
mod figures;
mod ports;
mod priority;
mod tapes;
mod thread;

use std::{
    collections::BTreeSet,
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
    sync::{
        Arc,
        mpsc::{SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
};

use mio::Waker;
use privacy::Personal;

use crate::{
    bridge::Input,
    digits::DigitSender,
    plane::{
        Event, LegId, MediaPlane, PauseReason, PlaneError, RecordingId, Remote, Repeat, Tracks,
    },
    prompt::Prompt,
    recording::Shelf,
};

pub use figures::Figures;

use figures::Counters;
use ports::{Ports, Sockets};
use thread::MediaThread;

/// Orders that wait for the thread at the most.
const ORDERS_MAX: usize = 8_192;

/// Where and how the plane works.
#[derive(Debug)]
pub struct Settings {
    /// Where packets are awaited and sent from; told to the other end.
    pub address: IpAddr,
    /// Ports for legs: an even one and the next for each.
    pub ports: RangeInclusive<u16>,
    /// Where recordings are kept and for whom they are sealed; without it none are made.
    pub shelf: Option<Shelf>,
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the media plane's thread cannot be started")]
    Thread(#[source] std::io::Error),
    #[error("the media plane cannot watch sockets")]
    Poll(#[source] std::io::Error),
    #[error("recordings cannot be kept")]
    Shelf(#[source] std::io::Error),
}

/// Serves all legs on one thread. Dropping it ends all legs and finishes recordings.
pub struct LocalPlane {
    ports: Ports,
    orders: Option<SyncSender<Order>>,
    waker: Arc<Waker>,
    counters: Arc<Counters>,
    legs: BTreeSet<LegId>,
    recordings: BTreeSet<RecordingId>,
    records: bool,
    thread: Option<JoinHandle<()>>,
}

enum Order {
    Open {
        leg: LegId,
        sockets: Sockets,
        random: [u8; 10],
    },
    Close {
        leg: LegId,
    },
    Bridge(Input<'static>),
}

impl LocalPlane {
    /// Starts the thread. `tell` is called on it with each event and must not wait.
    ///
    /// # Errors
    /// When the system refuses a thread or its poll, or the shelf cannot be used.
    pub fn start(
        settings: Settings,
        tell: impl FnMut(Event) + Send + 'static,
    ) -> Result<Self, StartError> {
        let (sender, orders) = sync_channel(ORDERS_MAX);
        let counters = Arc::new(Counters::default());
        let records = settings.shelf.is_some();
        let thread = MediaThread::new(
            orders,
            settings.shelf,
            Arc::clone(&counters),
            Box::new(tell),
        )?;
        let waker = thread.waker();
        let thread = std::thread::Builder::new()
            .name("media".to_owned())
            .spawn(move || thread.run())
            .map_err(StartError::Thread)?;
        Ok(Self {
            ports: Ports::new(settings.address, settings.ports),
            orders: Some(sender),
            waker,
            counters,
            legs: BTreeSet::new(),
            recordings: BTreeSet::new(),
            records,
            thread: Some(thread),
        })
    }

    /// How busy and how punctual it has been since it started.
    pub fn figures(&self) -> Figures {
        self.counters.figures()
    }

    /// Legs that are open: each has a pair of ports.
    pub fn legs(&self) -> usize {
        self.legs.len()
    }

    fn order(&self, order: Order) -> Result<(), PlaneError> {
        let orders = self.orders.as_ref().ok_or(PlaneError::Stopped)?;
        orders.try_send(order).map_err(|error| match error {
            TrySendError::Full(_) => PlaneError::Busy,
            TrySendError::Disconnected(_) => PlaneError::Stopped,
        })?;
        self.waker.wake().map_err(|_| PlaneError::Stopped)
    }

    fn ask(&self, leg: LegId, input: Input<'static>) -> Result<(), PlaneError> {
        if !self.legs.contains(&leg) {
            return Err(PlaneError::UnknownLeg);
        }
        self.order(Order::Bridge(input))
    }

    fn ask_recording(
        &self,
        recording: RecordingId,
        input: Input<'static>,
    ) -> Result<(), PlaneError> {
        if !self.recordings.contains(&recording) {
            return Err(PlaneError::UnknownRecording);
        }
        self.order(Order::Bridge(input))
    }
}

impl MediaPlane for LocalPlane {
    fn open(&mut self, leg: LegId) -> Result<SocketAddr, PlaneError> {
        if self.legs.contains(&leg) {
            return Err(PlaneError::LegOpen);
        }
        let sockets = self.ports.open().ok_or(PlaneError::NoPort)?;
        let address = sockets.address;
        let mut random = [0; 10];
        getrandom::fill(&mut random).map_err(|_| PlaneError::Stopped)?;
        self.order(Order::Open {
            leg,
            sockets,
            random,
        })?;
        self.legs.insert(leg);
        Ok(address)
    }

    fn connect(&mut self, leg: LegId, remote: Remote) -> Result<(), PlaneError> {
        let remote = Box::new(remote);
        self.ask(leg, Input::Connect { leg, remote })
    }

    fn hears(&mut self, leg: LegId, sources: BTreeSet<LegId>) -> Result<(), PlaneError> {
        self.ask(leg, Input::Hears { leg, sources })
    }

    fn play(&mut self, leg: LegId, prompt: Prompt, repeat: Repeat) -> Result<(), PlaneError> {
        self.ask(
            leg,
            Input::Play {
                leg,
                prompt,
                repeat,
            },
        )
    }

    fn stop(&mut self, leg: LegId) -> Result<(), PlaneError> {
        self.ask(leg, Input::Stop { leg })
    }

    fn press(&mut self, leg: LegId, digits: Personal<String>) -> Result<(), PlaneError> {
        DigitSender::check(&digits)?;
        self.ask(leg, Input::Press { leg, digits })
    }

    fn record(&mut self, recording: RecordingId, tracks: Tracks) -> Result<(), PlaneError> {
        if !self.records {
            return Err(PlaneError::NoShelf);
        }
        self.ask(tracks.caller, Input::Record { recording, tracks })?;
        self.recordings.insert(recording);
        Ok(())
    }

    fn pause(&mut self, recording: RecordingId, reason: PauseReason) -> Result<(), PlaneError> {
        self.ask_recording(recording, Input::Pause { recording, reason })
    }

    fn resume(&mut self, recording: RecordingId) -> Result<(), PlaneError> {
        self.ask_recording(recording, Input::Resume { recording })
    }

    fn finish(&mut self, recording: RecordingId) -> Result<(), PlaneError> {
        self.ask_recording(recording, Input::Finish { recording })?;
        self.recordings.remove(&recording);
        Ok(())
    }

    fn close(&mut self, leg: LegId) -> Result<(), PlaneError> {
        if !self.legs.contains(&leg) {
            return Err(PlaneError::UnknownLeg);
        }
        self.order(Order::Close { leg })?;
        self.legs.remove(&leg);
        Ok(())
    }
}

impl Drop for LocalPlane {
    fn drop(&mut self) {
        // The thread ends when nobody can order anything any more.
        self.orders = None;
        // When it cannot be woken it has ended.
        let _ = self.waker.wake();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("The media plane's thread panicked");
        }
    }
}
