//! One leg: what it says, what it hears, and how well.

use std::{
    collections::{BTreeMap, VecDeque},
    net::SocketAddr,
    time::{Duration, Instant},
};

use privacy::Personal;

use crate::{
    bridge::{
        Channel, Command, Frame, inbound::Inbound, latch::Latch, outbound::Outbound, watch::Watch,
    },
    codec::FRAME,
    mixing::Level,
    plane::{Event, HeardThere, LegId, Quality, Remote, Repeat},
    prompt::Prompt,
    rtp::{Report, is_rtcp, ntp_middle},
    srtp::InboundSrtp,
};

const REPORT_EVERY: Duration = Duration::from_secs(5);
const NO_MEDIA_AFTER: Duration = Duration::from_secs(5);
const SILENT_AFTER: Duration = Duration::from_secs(10);

pub(super) struct Leg {
    pub(super) hears: Vec<LegId>,
    pub(super) phase: usize,
    /// Cycles that were served.
    pub(super) cycle: u64,
    outbound: Outbound,
    remote: Option<Connected>,
    playing: Option<Playing>,
    played_out: bool,
    refused: u64,
}

/// A leg whose other end is known.
struct Connected {
    remote: Remote,
    inbound: Inbound,
    latch: Latch,
    report_due: Instant,
    media: Watch,
    sound: Watch,
    media_again: bool,
    level: Level,
    heard_there: Option<HeardThere>,
    /// The other end's last report: the middle of its time, and ours when it came.
    last_report: Option<(u32, Instant)>,
}

struct Playing {
    prompt: Prompt,
    repeat: Repeat,
    position: usize,
}

impl Leg {
    pub(super) fn new(random: [u8; 10], phase: usize, cycle: u64) -> Self {
        Self {
            hears: Vec::new(),
            phase,
            cycle,
            outbound: Outbound::new(random),
            remote: None,
            playing: None,
            played_out: false,
            refused: 0,
        }
    }

    pub(super) fn connect(&mut self, remote: Remote, now: Instant) {
        let before = self.remote.take();
        let old = before.as_ref().map(|before| &before.remote);
        let keys_changed = old.is_none_or(|old| old.srtp != remote.srtp);
        if self.outbound.connect(&remote, keys_changed).is_err() {
            tracing::error!(codec = ?remote.codec, "A codec could not be made; a leg stays silent");
            return;
        }
        match before {
            Some(mut before) if before.goes_on_with(&remote) => {
                before.remote = remote;
                before.media = Watch::new(NO_MEDIA_AFTER, now);
                before.sound = Watch::new(SILENT_AFTER, now);
                self.remote = Some(before);
            }
            before => {
                let srtp = before
                    .filter(|_| !keys_changed)
                    .and_then(|it| it.inbound.into_srtp());
                self.remote = Connected::new(remote, srtp, now);
            }
        }
    }

    pub(super) fn play(&mut self, prompt: Prompt, repeat: Repeat) {
        self.playing = Some(Playing {
            prompt,
            repeat,
            position: 0,
        });
    }

    pub(super) fn stop(&mut self) {
        self.playing = None;
    }

    pub(super) fn press(&mut self, digits: &Personal<String>) {
        if self.outbound.press(digits.reveal()).is_err() {
            tracing::warn!("Digits could not be sent to a leg");
        }
    }

    /// Takes a datagram, or counts it as refused.
    pub(super) fn receive(
        &mut self,
        channel: Channel,
        from: SocketAddr,
        bytes: &mut [u8],
        ntp: u64,
        now: Instant,
        pressed: &mut Vec<char>,
    ) {
        let taken = self.remote.as_mut().is_some_and(|connected| {
            if channel == Channel::Rtcp || is_rtcp(bytes) {
                let clock_rate = self.outbound.clock_rate();
                connected.receive_report(from, bytes, self.outbound.ssrc(), clock_rate, ntp, now)
            } else {
                connected.receive(from, bytes, now, pressed)
            }
        });
        self.refused += u64::from(!taken);
    }

    /// 20 ms of what it says.
    pub(super) fn say(&mut self, now: Instant) -> Frame {
        let Some(connected) = &mut self.remote else {
            return Frame::nothing();
        };
        let frame = connected.inbound.say(now);
        if frame.heard {
            connected.level = Level::of(&frame.pcm);
        }
        if !frame.heard || !connected.level.is_silent() {
            connected.sound.seen(now);
        }
        frame
    }

    /// Lets time pass in which nobody was served.
    pub(super) fn rest_until(&mut self, cycle: u64) {
        while self.cycle < cycle {
            self.outbound.rest();
            self.cycle += 1;
        }
    }

    /// 20 ms of what it hears.
    pub(super) fn hear(
        &mut self,
        id: LegId,
        frames: &BTreeMap<LegId, Frame>,
        commands: &mut VecDeque<Command>,
    ) {
        self.cycle += 1;
        let played = self.playing.as_mut().map(|playing| {
            let frame = playing.prompt.frame(playing.position);
            playing.position += FRAME;
            frame
        });
        if let Some(playing) = &mut self.playing
            && playing.position >= playing.prompt.length()
        {
            match playing.repeat {
                Repeat::Forever => playing.position = 0,
                Repeat::Once => {
                    self.playing = None;
                    self.played_out = true;
                }
            }
        }
        let Some(connected) = self
            .remote
            .as_ref()
            .filter(|it| it.remote.direction.sends())
        else {
            self.outbound.rest();
            return;
        };
        let said = self.hears.iter().filter_map(|source| frames.get(source));
        let heard: Vec<&Frame> = said.filter(|frame| frame.heard).collect();
        if let Some(bytes) = self.outbound.packet(&heard, played.as_ref()) {
            let to = connected.latch.target();
            commands.push_back(Command::Send {
                leg: id,
                channel: Channel::Rtp,
                to,
                bytes,
            });
        }
    }

    /// Tells what is to be told, and reports.
    pub(super) fn look_after(
        &mut self,
        id: LegId,
        ntp: u64,
        now: Instant,
        commands: &mut VecDeque<Command>,
    ) {
        if std::mem::take(&mut self.played_out) {
            commands.push_back(Command::Tell(Event::PlayedOut { leg: id }));
        }
        let Some(connected) = &mut self.remote else {
            return;
        };
        if std::mem::take(&mut connected.media_again) {
            commands.push_back(Command::Tell(Event::MediaAgain { leg: id }));
        }
        if connected.remote.direction.receives() {
            if let Some(duration) = connected.media.missing(now) {
                commands.push_back(Command::Tell(Event::NoMediaFor { leg: id, duration }));
            }
            if let Some(duration) = connected.sound.missing(now) {
                commands.push_back(Command::Tell(Event::SilentFor { leg: id, duration }));
            }
        }
        if now < connected.report_due {
            return;
        }
        connected.report_due = now + REPORT_EVERY;
        let block = connected.block(now);
        if let Some(bytes) = self.outbound.report(ntp, block)
            && let Some(to) = connected.latch.report_target()
        {
            commands.push_back(Command::Send {
                leg: id,
                channel: Channel::Rtcp,
                to,
                bytes,
            });
        }
        commands.extend(self.quality(id));
    }

    /// How well it was heard until now.
    pub(super) fn quality(&self, id: LegId) -> Option<Command> {
        let connected = self.remote.as_ref()?;
        let (received, lost) = connected.inbound.totals();
        let quality = Quality {
            received,
            lost,
            late: connected.inbound.counts.late,
            concealed: connected.inbound.counts.concealed,
            refused: self.refused,
            jitter: connected.inbound.jitter(),
            delay: connected.inbound.delay(),
            sent: self.outbound.sent(),
            heard_there: connected.heard_there,
            level_dbov: connected.level.dbov(),
        };
        Some(Command::Tell(Event::Quality { leg: id, quality }))
    }
}

impl Connected {
    fn new(remote: Remote, srtp: Option<InboundSrtp>, now: Instant) -> Option<Self> {
        Some(Self {
            inbound: Inbound::new(&remote, srtp).ok()?,
            latch: Latch::new(remote.address, remote.source),
            report_due: now + REPORT_EVERY,
            media: Watch::new(NO_MEDIA_AFTER, now),
            sound: Watch::new(SILENT_AFTER, now),
            media_again: false,
            level: Level::default(),
            heard_there: None,
            last_report: None,
            remote,
        })
    }

    /// Whether only the direction changed: then the stream and its place go on.
    fn goes_on_with(&self, remote: &Remote) -> bool {
        let directed = Remote {
            direction: remote.direction,
            ..self.remote.clone()
        };
        directed == *remote
    }

    fn receive(
        &mut self,
        from: SocketAddr,
        bytes: &mut [u8],
        now: Instant,
        pressed: &mut Vec<char>,
    ) -> bool {
        if !self.remote.direction.receives() || !self.latch.admits(from) {
            return false;
        }
        if self.inbound.receive(bytes, now, pressed).is_err() {
            return false;
        }
        self.latch.close(from);
        self.media_again |= self.media.seen(now);
        true
    }

    fn receive_report(
        &mut self,
        from: SocketAddr,
        bytes: &mut [u8],
        our_ssrc: u32,
        clock_rate: u32,
        ntp: u64,
        now: Instant,
    ) -> bool {
        if !self.latch.admits_reports(from) {
            return false;
        }
        let Some(bytes) = self.inbound.open_report(bytes) else {
            return false;
        };
        let Ok(report) = Report::parse(bytes) else {
            return false;
        };
        if let Some(sender) = report.sender {
            self.last_report = Some((ntp_middle(sender.ntp), now));
        }
        if let Some(block) = report.block.filter(|block| block.ssrc == our_ssrc) {
            // RFC 3550 §6.4.1: now − when our report was sent − how long it lay there.
            let passed = ntp_middle(ntp)
                .wrapping_sub(block.last_sender_report)
                .wrapping_sub(block.delay_since);
            let known = block.last_sender_report != 0 && passed < 1 << 31;
            let jitter = u64::from(block.jitter) * 1_000_000 / u64::from(clock_rate);
            self.heard_there = Some(HeardThere {
                lost: block.lost,
                share_lost: f64::from(block.fraction_lost) / 256.0,
                jitter: Duration::from_micros(jitter),
                round_trip: known
                    .then(|| Duration::from_micros((u64::from(passed) * 1_000_000) >> 16)),
            });
        }
        true
    }

    fn block(&mut self, now: Instant) -> Option<crate::rtp::Block> {
        let mut block = self.inbound.block()?;
        if let Some((middle, at)) = self.last_report {
            let passed = now.saturating_duration_since(at).as_micros();
            block.last_sender_report = middle;
            block.delay_since = u32::try_from((passed << 16) / 1_000_000).unwrap_or(u32::MAX);
        }
        Some(block)
    }
}
