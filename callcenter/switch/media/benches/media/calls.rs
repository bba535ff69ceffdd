//! Bridged calls over loopback, with all telephones in another process.

use std::{
    env, fmt, fs,
    io::{self, Read},
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use media::{
    codec::Codec,
    local::{Figures, LocalPlane, Settings},
    mixing::Hearing,
    plane::{Direction, LegId, MediaPlane, Remote, SourceRule},
    rtp::Header,
};
use thread_priority::{
    RealtimeThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy,
    set_thread_priority_and_policy, thread_native_id,
};

const TELEPHONES: &str = "--telephones";
/// Addresses of this benchmark's own.
const PLANE: Ipv4Addr = Ipv4Addr::new(127, 88, 1, 1);
const FAR_END: (Ipv4Addr, u16) = (Ipv4Addr::new(127, 88, 1, 2), 30_000);
const FIRST_PORT: u16 = 20_000;
const WARM: Duration = Duration::from_secs(2);
const MEASURED: Duration = Duration::from_secs(12);
const LISTENS_EVERY: Duration = Duration::from_micros(500);
const FRAME: Duration = Duration::from_millis(20);

/// What the other process is to do.
pub(crate) struct Plan {
    legs: u16,
    duration: Duration,
}

pub(crate) struct Measured {
    calls: u16,
    cores: f64,
    figures: Figures,
    packets: u64,
    /// Of all telephones together.
    sent: u64,
    received: u64,
}

pub(crate) fn measure(calls: u16) -> io::Result<Measured> {
    let settings = Settings {
        address: PLANE.into(),
        ports: FIRST_PORT..=FIRST_PORT + 4 * calls - 1,
        shelf: None,
    };
    let mut plane = LocalPlane::start(settings, |_| {}).map_err(io::Error::other)?;
    for call in 0..u64::from(calls) {
        let legs = [LegId(2 * call), LegId(2 * call + 1)];
        for leg in legs {
            plane.open(leg).map_err(io::Error::other)?;
            plane.connect(leg, remote()).map_err(io::Error::other)?;
        }
        for (leg, sources) in Hearing::conference(legs).rows() {
            plane
                .hears(leg, sources.clone())
                .map_err(io::Error::other)?;
        }
        // Not faster than the thread takes orders.
        if call % 200 == 199 {
            thread::sleep(FRAME);
        }
    }
    let duration = WARM + MEASURED + Duration::from_secs(1);
    let mut telephones = Command::new(env::current_exe()?)
        .args([
            TELEPHONES,
            &(2 * calls).to_string(),
            &duration.as_secs().to_string(),
        ])
        .stdout(Stdio::piped())
        .spawn()?;
    thread::sleep(WARM);
    let (before, began) = (processor_seconds()?, Instant::now());
    let packets = plane.figures().sent;
    thread::sleep(MEASURED);
    let figures = plane.figures();
    let cores = (processor_seconds()? - before) / began.elapsed().as_secs_f64();
    let packets = figures.sent - packets;
    telephones.wait()?;
    let mut counted = String::new();
    telephones
        .stdout
        .take()
        .ok_or(io::ErrorKind::BrokenPipe)?
        .read_to_string(&mut counted)?;
    let counts: Vec<u64> = counted
        .split_whitespace()
        .filter_map(|it| it.parse().ok())
        .collect();
    let [sent, received] = counts[..] else {
        return Err(io::Error::other("the telephones did not count"));
    };
    Ok(Measured {
        calls,
        cores,
        figures,
        packets,
        sent,
        received,
    })
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            calls,
            cores,
            figures,
            packets,
            ..
        } = self;
        // A call is a hundred packets a second; what was not carried does not count.
        let a_core = *packets as f64 / 100.0 / MEASURED.as_secs_f64() / cores;
        let micros = cores * MEASURED.as_secs_f64() * 1e6 / *packets as f64;
        writeln!(
            f,
            "{calls} bridged calls: {cores:.2} of a core, so {a_core:.0} calls a core; {micros:.1} µs a packet relayed"
        )?;
        writeln!(
            f,
            "  clock late by p50 {:?}, p99 {:?}, at most {:?}; {} cycles left out",
            figures.lateness_p50, figures.lateness_p99, figures.lateness_max, figures.skipped
        )?;
        write!(
            f,
            "  telephones sent {} and heard {}; the plane took {} and could not send {}",
            self.sent, self.received, figures.received, figures.unsent
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

/// One socket stands for all telephones: the plane knows its legs by its own ports.
pub(crate) fn be_telephones(plan: &Plan) -> io::Result<()> {
    // As punctual as the plane, else its own lateness would be measured.
    go_first();
    let socket = UdpSocket::bind(FAR_END)?;
    socket.set_nonblocking(true)?;
    let heard = Arc::new(AtomicU64::new(0));
    let ended = Arc::new(AtomicBool::new(false));
    let listener = {
        let (socket, heard, ended) = (socket.try_clone()?, Arc::clone(&heard), Arc::clone(&ended));
        thread::spawn(move || {
            go_first();
            let mut bytes = [0; 1_500];
            while !ended.load(Ordering::Relaxed) {
                while socket.recv(&mut bytes).is_ok() {
                    heard.fetch_add(1, Ordering::Relaxed);
                }
                // To be woken by each packet would cost who sends it, and telephones are
                // woken by their own network.
                thread::sleep(LISTENS_EVERY);
            }
        })
    };
    let began = Instant::now();
    let mut sent = 0u64;
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
            let to = SocketAddr::from((PLANE, FIRST_PORT + 2 * leg));
            sent += u64::from(socket.send_to(&packet, to).is_ok());
        }
        if began.elapsed() >= plan.duration {
            break;
        }
    }
    ended.store(true, Ordering::Relaxed);
    listener
        .join()
        .map_err(|_| io::Error::other("the listener panicked"))?;
    let mut out = io::stdout();
    io::Write::write_fmt(
        &mut out,
        format_args!("{sent} {}\n", heard.load(Ordering::Relaxed)),
    )
}

fn go_first() {
    let lowest = ThreadPriority::Crossplatform(1u8.try_into().unwrap_or_default());
    let policy = ThreadSchedulePolicy::Realtime(RealtimeThreadSchedulePolicy::Fifo);
    // Where it is not allowed the figures say how many packets were missing.
    let _ = set_thread_priority_and_policy(thread_native_id(), lowest, policy);
}

fn remote() -> Remote {
    Remote {
        address: SocketAddr::from(FAR_END),
        codec: Codec::Pcmu,
        payload_type: 0,
        digits: None,
        srtp: None,
        direction: Direction::SendReceive,
        source: SourceRule::SignaledHost,
    }
}

/// proc(5): user and system time in hundredths of a second.
fn processor_seconds() -> io::Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let behind_name = stat.rsplit_once(')').ok_or(io::ErrorKind::InvalidData)?.1;
    let mut fields = behind_name.split_whitespace().skip(11);
    let mut next = || fields.next()?.parse::<f64>().ok();
    let (user, system) = next().zip(next()).ok_or(io::ErrorKind::InvalidData)?;
    Ok((user + system) / 100.0)
}
