//! Bridged calls over loopback: through the media plane, and through a plain relay.

use std::{
    fmt, fs, io, process, thread,
    time::{Duration, Instant},
};

use media::{
    codec::Codec,
    local::{Figures, LocalPlane, Settings},
    mixing::Hearing,
    plane::{Direction, LegId, MediaPlane, Remote, SourceRule},
};

use crate::{
    relay::Relay,
    telephones::{Counted, FAR_END, FIRST_PORT, FRAME, PLANE, Telephones},
};

const WARM: Duration = Duration::from_secs(2);
const MEASURED: Duration = Duration::from_secs(12);

pub(crate) struct Measured {
    name: &'static str,
    calls: u16,
    cores: f64,
    telephones_cores: f64,
    packets: u64,
    counted: Counted,
    figures: Option<Figures>,
}

/// Through the media plane.
pub(crate) fn bridged(calls: u16) -> io::Result<Measured> {
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
    let mut measured = measure("bridged", calls, || plane.figures().sent)?;
    measured.figures = Some(plane.figures());
    Ok(measured)
}

/// Through a relay that looks at nothing.
pub(crate) fn relayed(calls: u16) -> io::Result<Measured> {
    let relay = Relay::start(calls)?;
    let measured = measure("plainly relayed", calls, || relay.relayed());
    relay.stop()?;
    measured
}

fn measure(name: &'static str, calls: u16, passed: impl Fn() -> u64) -> io::Result<Measured> {
    let duration = WARM + MEASURED + Duration::from_secs(1);
    let telephones = Telephones::start(2 * calls, duration)?;
    thread::sleep(WARM);
    let used = || {
        Ok::<_, io::Error>([
            seconds_of(process::id())?,
            seconds_of(telephones.process())?,
        ])
    };
    let ([own, theirs], began, packets) = (used()?, Instant::now(), passed());
    thread::sleep(MEASURED);
    let (after, packets) = (used()?, passed() - packets);
    let lasted = began.elapsed().as_secs_f64();
    Ok(Measured {
        name,
        calls,
        cores: (after[0] - own) / lasted,
        telephones_cores: (after[1] - theirs) / lasted,
        packets,
        counted: telephones.counted()?,
        figures: None,
    })
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            calls,
            cores,
            packets,
            ..
        } = self;
        // A call is a hundred packets a second; what was not carried does not count.
        let a_core = *packets as f64 / 100.0 / MEASURED.as_secs_f64() / cores;
        let micros = cores * MEASURED.as_secs_f64() * 1e6 / *packets as f64;
        writeln!(
            f,
            "{calls} calls {name}: {cores:.2} of a core, so {a_core:.0} calls a core; {micros:.1} µs \
             a packet (the telephones' process: {:.2} of a core)",
            self.telephones_cores
        )?;
        if let Some(figures) = &self.figures {
            writeln!(
                f,
                "  clock late by p50 {:?}, p99 {:?}, at most {:?}; {} cycles left out; {} packets \
                 taken, {} unsent",
                figures.lateness_p50,
                figures.lateness_p99,
                figures.lateness_max,
                figures.skipped,
                figures.received,
                figures.unsent
            )?;
        }
        write!(f, "  {}", self.counted)
    }
}

fn remote() -> Remote {
    Remote {
        address: FAR_END.into(),
        codec: Codec::Pcmu,
        payload_type: 0,
        digits: None,
        srtp: None,
        direction: Direction::SendReceive,
        source: SourceRule::SignaledHost,
    }
}

/// proc(5): user and system time of a process in hundredths of a second. What the
/// system does to bring a packet over loopback counts for who sends it.
fn seconds_of(process: u32) -> io::Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let behind_name = stat.rsplit_once(')').ok_or(io::ErrorKind::InvalidData)?.1;
    let mut fields = behind_name.split_whitespace().skip(11);
    let mut next = || fields.next()?.parse::<f64>().ok();
    let (user, system) = next().zip(next()).ok_or(io::ErrorKind::InvalidData)?;
    Ok((user + system) / 100.0)
}
