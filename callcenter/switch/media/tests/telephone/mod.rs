//! A telephone for tests: says a tone by its own clock and keeps what it hears.

use std::{
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, AtomicU8, Ordering},
        mpsc::{Receiver, channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use media::{
    codec::{Codec, Decoder, Encoder, FRAME, Pcm},
    digits::{DigitSender, EventPayload, digit_of},
    local::{LocalPlane, Settings},
    mixing::Hearing,
    plane::{Direction, Event, LegId, MediaPlane, Remote, SourceRule},
    recording::Shelf,
    rtp::{Block, OutgoingStream, Packet, Report, ntp_middle},
    srtp::{InboundSrtp, MasterKey, OutboundSrtp, SrtpKeys, Suite},
};

const PATIENCE: Duration = Duration::from_secs(60);
const DIGITS: u8 = 101;

/// A plane on an address of its own, so that tests do not share ports.
pub(crate) struct Office {
    pub(crate) plane: LocalPlane,
    events: Receiver<Event>,
}

static OFFICES: AtomicU8 = AtomicU8::new(1);

impl Office {
    pub(crate) const PAIRS: u64 = 8;

    pub(crate) fn open(shelf: Option<Shelf>) -> Self {
        let process = std::process::id().to_be_bytes();
        let address = Ipv4Addr::new(
            127,
            process[2],
            process[3],
            OFFICES.fetch_add(1, Ordering::Relaxed),
        );
        let (tell, events) = channel();
        let ports = 41_000..=41_000 + 2 * Self::PAIRS as u16 - 1;
        let settings = Settings {
            address: address.into(),
            ports,
            shelf,
        };
        let plane = LocalPlane::start(settings, move |event| drop(tell.send(event))).unwrap();
        Self { plane, events }
    }

    /// Not yet connected.
    pub(crate) fn bare_telephone(&mut self, leg: LegId, hertz: f64) -> Telephone {
        let address = self.plane.open(leg).unwrap();
        Telephone::new(address, hertz, Codec::Pcmu, None)
    }

    pub(crate) fn telephone(
        &mut self,
        leg: LegId,
        hertz: f64,
        codec: Codec,
        suite: Option<Suite>,
    ) -> Telephone {
        let address = self.plane.open(leg).unwrap();
        let key = |octet: u8| MasterKey::from_slice(&[octet; 30]).unwrap();
        let keys = suite.map(|suite| SrtpKeys {
            suite,
            outbound: key(1),
            inbound: key(2),
        });
        let telephone = Telephone::new(address, hertz, codec, keys.clone());
        let remote = Remote {
            srtp: keys,
            ..remote(telephone.address, codec)
        };
        self.plane.connect(leg, remote).unwrap();
        telephone
    }

    pub(crate) fn matrix(&mut self, hearing: &Hearing<LegId>) {
        for (leg, sources) in hearing.rows() {
            self.plane.hears(leg, sources.clone()).unwrap();
        }
    }

    pub(crate) fn wait_for(&self, mut wanted: impl FnMut(&Event) -> bool) {
        let until = Instant::now() + PATIENCE;
        while let Ok(event) = self
            .events
            .recv_timeout(until.saturating_duration_since(Instant::now()))
        {
            if wanted(&event) {
                return;
            }
        }
        panic!("what was awaited did not happen");
    }

    pub(crate) fn wait_until(&mut self, mut done: impl FnMut(&mut LocalPlane) -> bool) {
        let until = Instant::now() + PATIENCE;
        while !done(&mut self.plane) {
            assert!(Instant::now() < until, "what was awaited did not happen");
            std::thread::yield_now();
        }
    }
}

pub(crate) fn payload_type(codec: Codec) -> u8 {
    match codec {
        Codec::Pcmu => 0,
        Codec::Pcma => 8,
        Codec::Opus => 111,
    }
}

pub(crate) fn remote(address: SocketAddr, codec: Codec) -> Remote {
    Remote {
        address,
        codec,
        payload_type: payload_type(codec),
        digits: Some(DIGITS),
        srtp: None,
        direction: Direction::SendReceive,
        source: SourceRule::SignaledHost,
    }
}

pub(crate) fn tone(hertz: f64, frame: usize) -> Pcm {
    std::array::from_fn(|index| {
        let time = (frame * FRAME + index) as f64 / 8_000.0;
        ((time * hertz * std::f64::consts::TAU).sin() * 8_000.0) as i16
    })
}

/// How much of it is one tone, packet by packet: a packet that came too late on a busy
/// machine shifts the tone and is no other tone.
pub(crate) fn tone_share(samples: &[i16], hertz: f64) -> f64 {
    let packets = samples.chunks_exact(FRAME);
    let count = packets.len().max(1) as f64;
    packets
        .map(|packet| media::mixing::tone_share(packet, hertz))
        .sum::<f64>()
        / count
}

/// Speaks and listens on threads of its own until it is dropped.
pub(crate) struct Telephone {
    pub(crate) address: SocketAddr,
    plane: SocketAddr,
    reports: UdpSocket,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    heard: Mutex<Heard>,
    more: Condvar,
    keys: Mutex<DigitSender>,
    ended: AtomicBool,
}

#[derive(Default)]
struct Heard {
    samples: Vec<i16>,
    /// Source, number, timestamp, whether it is sound.
    packets: Vec<(u32, u16, u32, bool)>,
    keys: Vec<(u32, char)>,
}

impl Telephone {
    fn new(plane: SocketAddr, hertz: f64, codec: Codec, keys: Option<SrtpKeys>) -> Self {
        let (socket, reports) = pair();
        let address = socket.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        let speaks = (
            socket.try_clone().unwrap(),
            Arc::clone(&shared),
            keys.clone(),
        );
        let listens = (socket, Arc::clone(&shared), keys);
        let threads = vec![
            std::thread::spawn(move || speak(&speaks.0, plane, hertz, codec, &speaks.1, speaks.2)),
            std::thread::spawn(move || listen(&listens.0, codec, &listens.1, listens.2)),
        ];
        Self {
            address,
            plane,
            reports,
            shared,
            threads,
        }
    }

    pub(crate) fn press(&self, keys: &str) {
        self.shared.keys.lock().unwrap().press(keys).unwrap();
    }

    /// Until so many more have come.
    pub(crate) fn wait_for_packets(&self, count: usize) {
        let begin = self.shared.heard.lock().unwrap().packets.len();
        self.wait(|heard| heard.packets.len() >= begin + count);
    }

    pub(crate) fn wait_for_keys(&self, count: usize) {
        self.wait(|heard| heard.keys.len() >= count);
    }

    pub(crate) fn keys(&self) -> String {
        self.shared
            .heard
            .lock()
            .unwrap()
            .keys
            .iter()
            .map(|it| it.1)
            .collect()
    }

    pub(crate) fn all_samples(&self) -> Vec<i16> {
        self.shared.heard.lock().unwrap().samples.clone()
    }

    pub(crate) fn last_samples(&self, count: usize) -> Vec<i16> {
        let samples = self.all_samples();
        samples[samples.len().saturating_sub(count)..].to_vec()
    }

    /// One source, no number left out, and the clock goes on with the numbers.
    pub(crate) fn is_one_stream(&self) -> bool {
        let heard = self.shared.heard.lock().unwrap();
        let step = |one: &(u32, u16, u32, bool), other: &(u32, u16, u32, bool)| {
            one.0 == other.0 && one.1.wrapping_add(1) == other.1
        };
        heard.packets.len() > 2
            && heard
                .packets
                .windows(2)
                .all(|pair| step(&pair[0], &pair[1]))
    }

    pub(crate) fn wait_for_report(&self) -> Report {
        let mut bytes = [0; 1_500];
        let (length, _) = self.reports.recv_from(&mut bytes).unwrap();
        Report::parse(&bytes[..length]).unwrap()
    }

    /// Says how it hears whom it was told of.
    pub(crate) fn report(&self, theirs: &Report, fraction_lost: u8, lost: i32) {
        let block = Block {
            ssrc: theirs.ssrc,
            fraction_lost,
            lost,
            highest_sequence: 0,
            jitter: 8,
            last_sender_report: theirs.sender.map_or(0, |sender| ntp_middle(sender.ntp)),
            delay_since: 0,
        };
        let report = Report {
            ssrc: 1,
            sender: None,
            block: Some(block),
        };
        let to = SocketAddr::new(self.plane.ip(), self.plane.port() + 1);
        self.reports
            .send_to(&report.write("telephone"), to)
            .unwrap();
    }

    fn wait(&self, enough: impl Fn(&Heard) -> bool) {
        let heard = self.shared.heard.lock().unwrap();
        let patience = self
            .shared
            .more
            .wait_timeout_while(heard, PATIENCE, |heard| !enough(heard))
            .unwrap()
            .1;
        assert!(!patience.timed_out(), "what was awaited was not heard");
    }
}

impl Drop for Telephone {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            assert!(thread.join().is_ok() || std::thread::panicking());
        }
    }
}

/// Two neighboring ports, the first one even.
pub(crate) fn pair() -> (UdpSocket, UdpSocket) {
    for _ in 0..1_000 {
        let first = UdpSocket::bind("127.0.0.1:0").unwrap();
        let port = first.local_addr().unwrap().port();
        if port.is_multiple_of(2)
            && let Ok(second) = UdpSocket::bind(("127.0.0.1", port + 1))
        {
            first
                .set_read_timeout(Some(Duration::from_millis(100)))
                .unwrap();
            second.set_read_timeout(Some(PATIENCE)).unwrap();
            return (first, second);
        }
    }
    panic!("no two neighboring ports are free");
}

fn speak(
    socket: &UdpSocket,
    plane: SocketAddr,
    hertz: f64,
    codec: Codec,
    shared: &Shared,
    keys: Option<SrtpKeys>,
) {
    let mut stream = OutgoingStream::new([(hertz / 10.0) as u8; 10], codec.step());
    let mut encoder = Encoder::new(codec).unwrap();
    // Our keys are the plane's other way round.
    let mut srtp = keys.map(|keys| OutboundSrtp::new(keys.suite, &keys.inbound));
    let begin = Instant::now();
    let mut frame = 0usize;
    while !shared.ended.load(Ordering::Relaxed) {
        let mut payload = Vec::new();
        encoder.encode(&tone(hertz, frame), &mut payload).unwrap();
        let digit = shared
            .keys
            .lock()
            .unwrap()
            .next(stream.timestamp(), codec.step());
        let header = match digit {
            Some(digit) => {
                payload = digit.event.to_bytes().to_vec();
                stream.digit(DIGITS, digit.marker, digit.timestamp, payload.len())
            }
            None => stream.sound(payload_type(codec), payload.len()),
        };
        stream.advance();
        let mut packet = Vec::new();
        header.write(&mut packet);
        packet.extend(payload);
        if let Some(srtp) = &mut srtp {
            srtp.protect(&mut packet).unwrap();
        }
        socket.send_to(&packet, plane).unwrap();
        frame += 1;
        let due = begin + Duration::from_millis(20) * frame as u32;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
    }
}

fn listen(socket: &UdpSocket, codec: Codec, shared: &Shared, keys: Option<SrtpKeys>) {
    let mut decoder = Decoder::new(codec).unwrap();
    let mut srtp = keys.map(|keys| InboundSrtp::new(keys.suite, &keys.outbound));
    let mut bytes = [0; 1_500];
    while !shared.ended.load(Ordering::Relaxed) {
        let Ok((mut length, _)) = socket.recv_from(&mut bytes) else {
            continue;
        };
        if let Some(srtp) = &mut srtp {
            length = srtp.unprotect(&mut bytes[..length]).unwrap();
        }
        let Packet { header, payload } = Packet::parse(&bytes[..length]).unwrap();
        let mut heard = shared.heard.lock().unwrap();
        let is_sound = header.payload_type == payload_type(codec);
        heard
            .packets
            .push((header.ssrc, header.sequence, header.timestamp, is_sound));
        if is_sound {
            decoder.decode(payload, &mut heard.samples).unwrap();
        } else {
            let event = EventPayload::parse_all(payload).unwrap().next().unwrap();
            let known = heard
                .keys
                .iter()
                .any(|(timestamp, _)| *timestamp == header.timestamp);
            if !known {
                heard
                    .keys
                    .push((header.timestamp, digit_of(event.code).unwrap()));
            }
        }
        shared.more.notify_all();
    }
}
