//! The steward at work: looks at the stick, at the pulse and at the clock, tells the exchange,
//! and carries out what is to be done.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use fleet::{CheckResult, signed::Signer};
use request::Timestamp;

use crate::{
    alarms::{Alarms, Event as AlarmEvent},
    book::{Shelf, Start},
    gate::{Event as GateEvent, Gate},
    image::Image,
    line::Line,
    machine,
    places::Places,
    pulse::Pulse,
    recovery, renewal,
    shown::show,
    telling::tell,
    updates::{Command, Event, Updates},
    wanting::{Found, Releases},
};

/// How often the stick and the pulse are looked at.
const LOOK: Duration = Duration::from_secs(2);
/// How often the exchange is told.
const TELL: Duration = Duration::from_secs(60);
/// When releases that nobody brought by hand are started: minutes of the Korean day.
const QUIET: std::ops::Range<u32> = 120..300;
/// A pulse that is older is nobody's.
const PULSE_LASTS: Duration = Duration::from_secs(30);

pub fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Right after the disk is there: is this the version that was to start?
///
/// # Errors
/// When the book cannot be read or written.
pub fn boot(places: &Places, image: &Image) -> anyhow::Result<()> {
    let mut shelf = Shelf::open(&places.state)?;
    if let Some(rollback) = shelf.book.judge_start(&image.version, now()) {
        let checks: Vec<String> = (rollback.checks.iter())
            .filter(|it| it.result == CheckResult::Failed)
            .map(|it| format!("{}: {}", it.what, it.detail))
            .collect();
        let why = match checks.as_slice() {
            [] => "it did not come as far as its checks".to_owned(),
            checks => checks.join("; "),
        };
        tracing::error!(failed = %rollback.failed, back_to = %rollback.back_to, why, "Rolled back");
    }
    shelf.keep()?;
    show(places, image, &shelf, "")?;
    Ok(())
}

/// Whether this start is a good one; noted before it is answered.
///
/// # Errors
/// When the book cannot be read or written.
pub fn health(places: &Places, image: &Image) -> anyhow::Result<bool> {
    let mut shelf = Shelf::open(&places.state)?;
    let mut gate = Gate::new(
        machine::surroundings(&places.settings),
        shelf.book.well_ports.clone(),
        now(),
    );
    let verdict = loop {
        let pulse = Pulse::read(&places.pulse()).map(Box::new);
        gate.handle(GateEvent::Pulse(pulse), now());
        let ends =
            machine::ends("minwon-kiosk.service") + machine::ends("minwon-provision.service");
        gate.handle(GateEvent::Ends(ends), now());
        if gate.wants_dry_run() {
            gate.handle(GateEvent::DryRun(machine::dry_run(&places.settings)), now());
        }
        if let Some(verdict) = gate.poll_verdict() {
            break verdict;
        }
        std::thread::sleep(Duration::from_secs(1));
    };
    let (memory_mb, seconds) = machine::figures();
    tracing::info!(memory_mb, seconds, "The machine after its start");
    for check in &verdict.checks {
        tracing::info!(what = check.what, result = ?check.result, detail = check.detail, "Looked at");
    }
    if verdict.good && !verdict.ports.is_empty() {
        shelf.book.well_ports.clone_from(&verdict.ports);
    }
    shelf.book.note_start(Start {
        version: image.version.clone(),
        boot: machine::boot_id(),
        at: now(),
        good: verdict.good,
        log: if verdict.good {
            Vec::new()
        } else {
            machine::log()
        },
        checks: verdict.checks,
    });
    shelf.keep()?;
    tracing::info!(version = %image.version, good = verdict.good, "This start was looked at");
    show(places, image, &shelf, "")?;
    Ok(verdict.good)
}

/// Works until it is ended.
///
/// # Errors
/// When the book cannot be read or written.
pub async fn serve(places: &Places, image: &Image) -> anyhow::Result<()> {
    let signer = Signer::from_pem(&fs::read_to_string(&places.release_signer)?)?;
    let mut shelf = Shelf::open(&places.state)?;
    let mut updates = Updates::new(image.version.clone(), shelf.book.staged.clone());
    let mut alarms = Alarms::new(shelf.book.last_start(), now());
    let mut wanted = Releases::new(signer);
    let mut told_at: Option<Timestamp> = None;
    let mut nonce = String::new();
    loop {
        let at = now();
        let pulse = Pulse::read(&places.pulse()).filter(|it| it.at + PULSE_LASTS >= at);
        listen(&mut alarms, &mut shelf, pulse.as_ref())?;
        let by_hand = places.stick().exists();
        let line = Line::open(places)?;
        if updates.is_looking() {
            let here = Found {
                places,
                image,
                shelf: &shelf,
            };
            wanted.look(&here, line.as_ref(), &mut updates).await?;
        }
        let quiet = QUIET.contains(&at.local().minute_of_day);
        // Who came meanwhile is heard of before the hour strikes.
        let busy = pulse
            .as_ref()
            .map(|it| it.visit || it.maintenance || !it.in_service());
        updates.handle(Event::Busy(busy), at);
        updates.handle(
            Event::Hours {
                open: !by_hand && !quiet,
            },
            at,
        );
        while let Some(command) = updates.poll_command() {
            carry_out(places, image, &mut shelf, &mut updates, &command)?;
        }
        if let Some(line) = line.filter(|_| told_at.is_none_or(|it| at >= it + TELL)) {
            told_at = Some(at);
            match tell(places, image, &mut shelf, &line, pulse.as_ref(), &mut nonce).await {
                Ok(release) => wanted.want(release, &mut updates),
                Err(error) => {
                    tracing::info!(error = format!("{error:#}"), "The exchange was not told");
                }
            }
            if let Err(error) = renewal::renew(&line, at).await {
                tracing::warn!(
                    error = format!("{error:#}"),
                    "The certificate is not renewed"
                );
            }
            if let Err(error) = recovery::escrow(places, image, &mut shelf, &line).await {
                tracing::warn!(error = format!("{error:#}"), "No recovery key is kept");
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// What is plugged in and out, and by whom nobody knows.
fn listen(alarms: &mut Alarms, shelf: &mut Shelf, pulse: Option<&Pulse>) -> anyhow::Result<()> {
    alarms.handle(AlarmEvent::Strangers(machine::strangers()), now());
    let serves = pulse.filter(|it| it.in_service() && !it.maintenance);
    alarms.handle(AlarmEvent::Ports(serves.map(|it| it.ports.clone())), now());
    let mut raised = false;
    while let Some(alarm) = alarms.poll_alarm() {
        tracing::warn!(kind = ?alarm.kind, detail = alarm.detail, "An alarm");
        shelf.book.note_alarm(alarm);
        raised = true;
    }
    if raised {
        shelf.keep()?;
    }
    Ok(())
}

fn carry_out(
    places: &Places,
    image: &Image,
    shelf: &mut Shelf,
    updates: &mut Updates,
    command: &Command,
) -> anyhow::Result<()> {
    match command {
        Command::Keep => {
            shelf.book.staged = updates.staged().cloned();
            shelf.keep()?;
            show(places, image, shelf, "")?;
        }
        Command::Install(version) => {
            tracing::info!(%version, "A release is laid into the other slot");
            match machine::install() {
                Ok(()) => {
                    remove(&places.ready())?;
                    tracing::info!(%version, "It lies there whole");
                    updates.handle(Event::Installed(version.clone()), now());
                }
                Err(error) => {
                    tracing::error!(%version, %error, "It cannot be laid there");
                    updates.handle(Event::NotInstalled(version.clone()), now());
                }
            }
        }
        Command::Restart => {
            keep_journal(places, shelf)?;
            tracing::info!("The machine starts anew, for the other slot");
            machine::restart()?;
        }
    }
    Ok(())
}

/// A copy from before: whatever the newer version makes of the journal, nothing is lost.
fn keep_journal(places: &Places, shelf: &Shelf) -> anyhow::Result<()> {
    let Some(staged) = &shelf.book.staged else {
        return Ok(());
    };
    if !places.journal.exists() {
        return Ok(());
    }
    machine::stop_kiosk()?;
    let folder = places
        .state
        .join(format!("journal-before-{}", staged.version));
    fs::create_dir_all(&folder)?;
    for ending in ["", "-wal"] {
        let file = PathBuf::from(format!("{}{ending}", places.journal.display()));
        if let Some(name) = file.file_name().filter(|_| file.exists()) {
            let copy = folder.join(name);
            fs::copy(&file, &copy)?;
            fs::File::open(&copy)?.sync_all()?;
        }
    }
    Ok(durable::sync_folder_of(&folder.join("."))?)
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
