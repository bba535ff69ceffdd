//! The thread: every 20 ms a piece of what is said goes out, and one of what is heard.

use std::{
    io,
    net::UdpSocket,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, TryRecvError, channel},
    },
    thread,
    time::{Duration, Instant},
};

use media::{
    bridge::{Channel, Command, Terminal},
    codec::{FRAME, Pcm, SAMPLE_RATE},
    plane,
};

use super::{
    Sink, SoundOrder, Source,
    opening::{Opened, Opener, Wanted},
    slot::{Change, Slot},
};
use crate::{Event, Side, SoundSettings, Volume, level::Meter};

/// What a packet holds.
const PERIOD: Duration = Duration::from_millis(20);
/// How often packets are looked for: jitter is told apart no finer.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// After a longer pause (the machine slept) time begins anew.
const MISSED_MAX: Duration = Duration::from_millis(200);
/// No packet of sound is longer; what is longer is cut, and refused then.
const DATAGRAM: usize = 1_500;
/// Datagrams taken from one socket at a time.
const AT_ONCE: usize = 32;
/// The tone of a test: 440 Hz, −20 dB.
const TEST_HERTZ: f32 = 440.0;
const TEST_LOUDNESS: f32 = 3_276.0;

/// What is told of it.
pub(crate) type Tell = Arc<dyn Fn(Event) + Send + Sync>;

struct Call {
    terminal: Box<Terminal>,
    /// For sound and for reports.
    sockets: [UdpSocket; 2],
    /// Before the answer there is nobody to talk to, and the microphone is closed.
    connected: bool,
}

/// Sound between one call and two devices.
pub(crate) struct SoundThread {
    orders: Receiver<SoundOrder>,
    opener: Opener,
    microphone: Slot<Box<dyn Source>>,
    loudspeaker: Slot<Box<dyn Sink>>,
    call: Option<Call>,
    muted: bool,
    volume: Volume,
    /// Samples of the test's tone so far.
    test: Option<u32>,
    meter: Meter,
    due: Instant,
    tell: Tell,
}

impl SoundThread {
    /// Starts it; it ends when nobody orders any more.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub(crate) fn start(
        settings: SoundSettings,
        tell: Tell,
    ) -> io::Result<(Sender<SoundOrder>, thread::JoinHandle<()>)> {
        let (sender, orders) = channel();
        let mut sound = Self {
            orders,
            opener: Opener::start()?,
            microphone: Slot::new(settings.microphone),
            loudspeaker: Slot::new(settings.loudspeaker),
            call: None,
            muted: false,
            volume: Volume::default(),
            test: None,
            meter: Meter::default(),
            due: Instant::now(),
            tell,
        };
        let thread = thread::Builder::new()
            .name("softphone-sound".to_owned())
            .spawn(move || while sound.turn() {})?;
        Ok((sender, thread))
    }

    /// Answers whether there is another one.
    fn turn(&mut self) -> bool {
        if !self.is_needed() {
            self.microphone.close();
            self.loudspeaker.close();
            self.meter = Meter::default();
            let Ok(order) = self.orders.recv() else {
                return false;
            };
            self.due = Instant::now();
            self.obey(order);
        }
        loop {
            match self.orders.try_recv() {
                Ok(order) => self.obey(order),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return false,
            }
        }
        self.receive();
        let now = Instant::now();
        if now.saturating_duration_since(self.due) > MISSED_MAX {
            self.due = now;
        }
        if self.is_needed() && self.due <= now {
            self.due += PERIOD;
            self.look_after_devices(now);
            self.exchange(now);
        }
        let next = self.due.saturating_duration_since(Instant::now());
        thread::sleep(next.min(LOOK_EVERY));
        true
    }

    fn is_needed(&self) -> bool {
        self.test.is_some() || self.call.as_ref().is_some_and(|call| call.connected)
    }

    fn obey(&mut self, order: SoundOrder) {
        match order {
            SoundOrder::Open { terminal, sockets } => {
                self.muted = false;
                self.call = Some(Call {
                    terminal,
                    sockets,
                    connected: false,
                });
            }
            SoundOrder::Connect(remote) => {
                if let Some(call) = &mut self.call {
                    call.terminal.connect(*remote, Instant::now());
                    call.connected = true;
                }
            }
            SoundOrder::Close => self.call = None,
            SoundOrder::Mute(muted) => self.muted = muted,
            SoundOrder::Press(digits) => {
                if let Some(call) = &mut self.call
                    && let Err(error) = call.terminal.press(&digits)
                {
                    tracing::warn!(%error, "Keys were not sent");
                }
            }
            SoundOrder::SetVolume(volume) => self.volume = volume,
            SoundOrder::Choose(settings) => {
                self.microphone.choose(settings.microphone);
                self.loudspeaker.choose(settings.loudspeaker);
            }
            SoundOrder::Test(on) => self.test = on.then_some(0),
        }
    }

    fn receive(&mut self) {
        let Some(Call {
            terminal, sockets, ..
        }) = &mut self.call
        else {
            return;
        };
        let mut datagram = [0; DATAGRAM];
        for (socket, channel) in sockets.iter().zip([Channel::Rtp, Channel::Rtcp]) {
            for _ in 0..AT_ONCE {
                match socket.recv_from(&mut datagram) {
                    Ok((length, from)) => {
                        let bytes = datagram.get_mut(..length).unwrap_or_default();
                        terminal.receive(channel, from, bytes, Instant::now());
                    }
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                    // An answer to something sent earlier; what waits behind it is read next.
                    Err(_) => {}
                }
            }
        }
    }

    /// One piece of sound each way.
    fn exchange(&mut self, now: Instant) {
        let microphone = self.microphone.current.as_mut();
        let said = microphone.map_or([0; FRAME], |it| it.take());
        let mut heard = match &mut self.call {
            Some(call) => {
                let sent = if self.muted { [0; FRAME] } else { said };
                let heard = call.terminal.exchange(&sent, now);
                carry_out(call, &self.tell);
                heard
            }
            None => [0; FRAME],
        };
        self.volume.apply(&mut heard);
        if let Some(passed) = &mut self.test {
            heard = tone(*passed);
            *passed += FRAME as u32;
        }
        if let Some(loudspeaker) = &mut self.loudspeaker.current {
            loudspeaker.give(&heard);
        }
        if let Some(levels) = self.meter.take(&said, &heard, now) {
            (self.tell)(levels);
        }
    }

    fn look_after_devices(&mut self, now: Instant) {
        while let Ok(opened) = self.opener.opened.try_recv() {
            match opened {
                Opened::Microphone(number, opened) => {
                    let change = self.microphone.opened(number, opened, now);
                    self.tell_of(Side::Microphone, change);
                }
                Opened::Loudspeaker(number, opened) => {
                    let change = self.loudspeaker.opened(number, opened, now);
                    self.tell_of(Side::Loudspeaker, change);
                }
            }
        }
        let (question, change) = self.microphone.look_after(|it| it.is_gone(), now);
        self.tell_of(Side::Microphone, change);
        if let Some(number) = question {
            let device = self.microphone.device.clone();
            self.ask(Wanted::Microphone(number, device));
        }
        let (question, change) = self.loudspeaker.look_after(|it| it.is_gone(), now);
        self.tell_of(Side::Loudspeaker, change);
        if let Some(number) = question {
            let device = self.loudspeaker.device.clone();
            self.ask(Wanted::Loudspeaker(number, device));
        }
    }

    fn ask(&self, wanted: Wanted) {
        if self.opener.wanted.send(wanted).is_err() {
            tracing::error!("Sound devices cannot be opened any more");
        }
    }

    fn tell_of(&self, side: Side, change: Option<Change>) {
        match change {
            Some(Change::Gone) => {
                tracing::warn!(?side, "A sound device is gone");
                (self.tell)(Event::DeviceGone(side));
            }
            Some(Change::Back) => {
                tracing::info!(?side, "A sound device is back");
                (self.tell)(Event::DeviceBack(side));
            }
            None => {}
        }
    }
}

fn carry_out(call: &mut Call, tell: &Tell) {
    while let Some(command) = call.terminal.poll_command() {
        match command {
            Command::Send {
                channel, to, bytes, ..
            } => {
                let [rtp, rtcp] = &call.sockets;
                let socket = match channel {
                    Channel::Rtp => rtp,
                    Channel::Rtcp => rtcp,
                };
                // What is lost here is lost as on the way.
                let _ = socket.send_to(&bytes, to);
            }
            Command::Tell(plane::Event::Digit { digit, .. }) => tell(Event::Digit(digit)),
            Command::Tell(_) | Command::Tape { .. } => {}
        }
    }
}

fn tone(passed: u32) -> Pcm {
    let turn = std::f32::consts::TAU * TEST_HERTZ / SAMPLE_RATE as f32;
    std::array::from_fn(|place| {
        // A whole number of turns fits into a second.
        let place = (passed + place as u32) % SAMPLE_RATE;
        ((turn * place as f32).sin() * TEST_LOUDNESS) as i16
    })
}
