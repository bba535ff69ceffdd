//! All telephones, in a process of their own: their work is not counted as the plane's.

use std::{
    env, fmt,
    io::{self, Read},
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use media::rtp::Header;
use thread_priority::{
    RealtimeThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy,
    set_thread_priority_and_policy, thread_native_id,
};

use crate::jitter::Jitters;

const TELEPHONES: &str = "--telephones";
/// Addresses of this benchmark's own.
pub(crate) const PLANE: Ipv4Addr = Ipv4Addr::new(127, 88, 1, 1);
pub(crate) const FAR_END: (Ipv4Addr, u16) = (Ipv4Addr::new(127, 88, 1, 2), 30_000);
pub(crate) const FIRST_PORT: u16 = 20_000;
const LISTENS_EVERY: Duration = Duration::from_micros(500);
pub(crate) const FRAME: Duration = Duration::from_millis(20);

/// Where a leg's sound is awaited.
pub(crate) fn port_of(leg: u16) -> SocketAddr {
    SocketAddr::from((PLANE, FIRST_PORT + 2 * leg))
}

/// What the other process is to do.
pub(crate) struct Plan {
    legs: u16,
    duration: Duration,
}

/// The other process, seen from here.
pub(crate) struct Telephones(Child);

/// What they counted.
pub(crate) struct Counted {
    sent: u64,
    heard: u64,
    missing: u64,
    /// Variation of the way (RFC 3550 §6.4.1) by telephone: half of them have less, 99
    /// of 100, all.
    jitter: [Duration; 3],
}

impl Telephones {
    pub(crate) fn start(legs: u16, duration: Duration) -> io::Result<Self> {
        Command::new(env::current_exe()?)
            .args([TELEPHONES, &legs.to_string()])
            .arg(duration.as_secs().to_string())
            .stdout(Stdio::piped())
            .spawn()
            .map(Self)
    }

    pub(crate) fn process(&self) -> u32 {
        self.0.id()
    }

    pub(crate) fn counted(mut self) -> io::Result<Counted> {
        self.0.wait()?;
        let mut text = String::new();
        let mut out = self.0.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        out.read_to_string(&mut text)?;
        let counts = text.split_whitespace().map(str::parse);
        let counts: Vec<u64> = counts.filter_map(Result::ok).collect();
        let [sent, heard, missing, half, most, longest] = counts[..] else {
            return Err(io::Error::other("the telephones did not count"));
        };
        Ok(Counted {
            sent,
            heard,
            missing,
            jitter: [half, most, longest].map(Duration::from_micros),
        })
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            sent,
            heard,
            missing,
            ..
        } = self;
        let share = 100.0 * *missing as f64 / *heard as f64;
        let [half, most, longest] = self.jitter;
        write!(
            f,
            "telephones sent {sent} and heard {heard}; {missing} did not come ({share:.3} %); jitter \
             by telephone p50 {half:?}, p99 {most:?}, at most {longest:?}"
        )
    }
}

impl Plan {
    pub(crate) fn from_arguments() -> Option<Self> {
        let mut arguments = env::args().skip_while(|it| it != TELEPHONES).skip(1);
        Some(Self {
            legs: arguments.next()?.parse().ok()?,
            duration: Duration::from_secs(arguments.next()?.parse().ok()?),
        })
    }
}

/// One socket stands for all telephones: who sends to it is known by the port.
pub(crate) fn be_telephones(plan: &Plan) -> io::Result<()> {
    // As punctual as the plane, else its own lateness would be measured.
    go_first();
    let socket = UdpSocket::bind(FAR_END)?;
    socket.set_nonblocking(true)?;
    let heard = Arc::new(AtomicU64::new(0));
    let ended = Arc::new(AtomicBool::new(false));
    let listener = {
        let (socket, heard, ended) = (socket.try_clone()?, Arc::clone(&heard), Arc::clone(&ended));
        let legs = plan.legs;
        thread::spawn(move || listen(&socket, legs, &heard, &ended))
    };
    let sent = speak(&socket, plan);
    // What is still on its way.
    thread::sleep(10 * FRAME);
    ended.store(true, Ordering::Relaxed);
    let jitters = listener.join();
    let jitters = jitters.map_err(|_| io::Error::other("the listener panicked"))?;
    let [half, most, longest] = jitters.quantiles([0.5, 0.99, 1.0]).map(|it| it.as_micros());
    let (heard, missing) = (heard.load(Ordering::Relaxed), jitters.missing());
    let mut out = io::stdout();
    let line = format_args!("{sent} {heard} {missing} {half} {most} {longest}\n");
    io::Write::write_fmt(&mut out, line)
}

fn listen(socket: &UdpSocket, legs: u16, heard: &AtomicU64, ended: &AtomicBool) -> Jitters {
    go_first();
    let mut jitters = Jitters::of(legs);
    let mut bytes = [0; 1_500];
    while !ended.load(Ordering::Relaxed) {
        while let Ok((length, from)) = socket.recv_from(&mut bytes) {
            heard.fetch_add(1, Ordering::Relaxed);
            let leg = from.port().wrapping_sub(FIRST_PORT) / 2;
            jitters.arrived(leg, bytes.get(..length).unwrap_or_default());
        }
        // To be woken by each packet would cost who sends it, and telephones are
        // woken by their own network.
        thread::sleep(LISTENS_EVERY);
    }
    jitters
}

fn speak(socket: &UdpSocket, plan: &Plan) -> u64 {
    let began = Instant::now();
    let mut sent = 0;
    for frame in 0u32.. {
        for leg in 0..plan.legs {
            // Spread over the 20 ms, as telephones are.
            if leg % 20 == 0 {
                let due = began + FRAME * frame + FRAME * u32::from(leg) / u32::from(plan.legs);
                thread::sleep(due.saturating_duration_since(Instant::now()));
            }
            let mut packet = Vec::with_capacity(172);
            let header = Header {
                marker: frame == 0,
                payload_type: 0,
                sequence: (frame & 0xffff) as u16,
                timestamp: frame * 160,
                ssrc: u32::from(leg),
            };
            header.write(&mut packet);
            packet.extend([(frame % 100) as u8; 160]);
            sent += u64::from(socket.send_to(&packet, port_of(leg)).is_ok());
        }
        if began.elapsed() >= plan.duration {
            break;
        }
    }
    sent
}

pub(crate) fn go_first() {
    let lowest = ThreadPriority::Crossplatform(1u8.try_into().unwrap_or_default());
    let policy = ThreadSchedulePolicy::Realtime(RealtimeThreadSchedulePolicy::Fifo);
    // Where it is not allowed the figures say how many packets were missing.
    let _ = set_thread_priority_and_policy(thread_native_id(), lowest, policy);
}
