//! A chip-card reader and what is put into it, seen from PC/SC: the reader is
//! vsmartcard's `vpcd`, a card is a program at the other end of its wire.

mod applet;
mod contents;
mod service;
mod slot;

use std::{
    io,
    net::{Ipv4Addr, Shutdown, TcpStream},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
    time::{Duration, Instant},
};

use vpicc::Connection;

use crate::people::Person;
use applet::Applet;
use slot::Slot;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Well,
    /// Speaks the older protocol T=0: gives its answers piece by piece, and only
    /// to whoever asks for the right number of bytes.
    Old,
    /// Thinks for long about everything.
    Slow,
    /// Another kind of card: it holds another application.
    Stranger,
    /// The name has changed since the digest was made.
    Damaged,
    /// Its file ends in the middle.
    Truncated,
    /// Its file claims to be longer than such a card's may be.
    Overlong,
    /// Its last day is past.
    Expired,
    /// Answers the reset and nothing after it.
    Mute,
    /// Answers the reset with nonsense.
    Garbled,
    /// Is pulled while its file is being read.
    Snatched,
}

/// What a hand needs at least to take one card and put in another.
const HAND: Duration = Duration::from_millis(1200);
const SERVICE_PATIENCE: Duration = Duration::from_secs(20);

/// The one slot of the machine's virtual reader. Whoever else wants it, in this
/// process or another, waits.
///
/// Between two cards the reader is given the time to see its slot empty: pcscd
/// looks every 400 ms, and a card exchanged between two of its looks leaves it in
/// two minds whether there is one.
pub struct ChipCardReader {
    slot: Slot,
    card: Option<Card>,
    /// When the last card was pulled.
    emptied: Option<Instant>,
}

struct Card {
    wire: TcpStream,
    /// Told when the reader first looks at it.
    seen: Receiver<()>,
    /// Hung up when the card is pulled, for whoever waits within the card.
    _inserted: Sender<()>,
}

impl ChipCardReader {
    /// What PC/SC calls the reader.
    pub const NAME: &str = "Virtual PCD 00 00";

    /// # Errors
    /// When pcscd or vpcd is not installed, or somebody else keeps the slot.
    pub fn plug_in() -> io::Result<Self> {
        let mut slot = Slot::take()?;
        service::ensure(&mut slot)?;
        Ok(Self {
            slot,
            card: None,
            emptied: None,
        })
    }

    /// Somebody puts a card in; one that is in is pulled first.
    ///
    /// # Errors
    /// When vpcd does not listen.
    pub fn insert(&mut self, person: Person, mood: Mood) -> io::Result<()> {
        self.pull();
        self.wait_until_empty();
        let wire = connect(service::port())?;
        let (inserted, pulled) = channel();
        let (saw, seen) = channel();
        let mut applet = Applet::new(person, mood, wire.try_clone()?, pulled);
        let mut connection = Connection::from(wire.try_clone()?);
        thread::Builder::new()
            .name("bench-chip-card".to_owned())
            .spawn(move || {
                while connection.poll(&mut applet).is_ok() {
                    // Nobody has to be interested.
                    let _ = saw.send(());
                }
            })?;
        self.card = Some(Card {
            wire,
            seen,
            _inserted: inserted,
        });
        Ok(())
    }

    /// Waits until the reader has looked at the card that is in; a reader looks
    /// several times a second.
    ///
    /// # Errors
    /// When no card is in, or the reader does not look.
    pub fn wait_until_seen(&self) -> io::Result<()> {
        let card = self.card.as_ref().ok_or(io::ErrorKind::NotFound)?;
        card.seen
            .recv_timeout(SERVICE_PATIENCE)
            .map_err(|_| io::Error::other("the reader does not look at the card"))
    }

    /// Somebody pulls the card.
    pub fn pull(&mut self) {
        if let Some(card) = self.card.take() {
            // Fails when the card has left by itself.
            let _ = card.wire.shutdown(Shutdown::Both);
            self.emptied = Some(Instant::now());
        }
    }

    fn wait_until_empty(&mut self) {
        if let Some(emptied) = self.emptied.take() {
            thread::sleep((emptied + HAND).saturating_duration_since(Instant::now()));
        }
    }

    /// Whether the service was started by a bench, so that a bench may stop it.
    pub fn owns_service(&self) -> bool {
        service::owned(&self.slot).is_some()
    }

    /// Stops the service, and with it the reader is gone for everybody.
    ///
    /// # Errors
    /// When the service is not the bench's own.
    pub fn stop_service(&mut self) -> io::Result<()> {
        self.pull();
        service::stop(&self.slot)
    }

    /// # Errors
    /// When it does not come up.
    pub fn start_service(&mut self) -> io::Result<()> {
        service::ensure(&mut self.slot)
    }
}

impl Drop for ChipCardReader {
    fn drop(&mut self) {
        self.pull();
        // Whoever takes the slot next finds it empty.
        self.wait_until_empty();
    }
}

/// vpcd listens as soon as the service has loaded it.
fn connect(port: u16) -> io::Result<TcpStream> {
    let given_up = Instant::now() + SERVICE_PATIENCE;
    loop {
        match TcpStream::connect((Ipv4Addr::LOCALHOST, port)) {
            Ok(wire) => {
                wire.set_nodelay(true)?;
                return Ok(wire);
            }
            Err(error) if Instant::now() > given_up => return Err(error),
            Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
}
