//! `minwon-kiosk KIOSK.toml`: the kiosk in its window. With `--clock` it begins at another
//! time than the machine's, for demonstrations and measurements.
//!
//! `minwon-kiosk --dry-run KIOSK.toml` says whether it could serve, and shows nothing.
//!
//! `minwon-kiosk --technician NAME` makes the lines of the settings that let somebody look
//! after kiosks: it reads a card's number and a PIN, each on a line.

use std::{
    alloc::System,
    io::{Write, stderr, stdin, stdout},
    path::PathBuf,
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use kiosk::{Clock, Kiosk, Settings, screens::Face};
use kiosk_ui::KioskWindow;
use privacy::Personal;
use request::Timestamp;
use slint::{ComponentHandle, LogicalSize, Timer, TimerMode};
use tokio::sync::mpsc::unbounded_channel;
use zeroizing_alloc::ZeroAlloc;

/// What was in memory that is given back is overwritten: whoever comes next finds nothing
/// of who was here, whatever it was a copy of.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

const PANEL: LogicalSize = LogicalSize::new(1080.0, 1920.0);
/// How often it is noted that the window's loop turns.
const TURN: Duration = Duration::from_secs(1);
const USAGE: &str = "usage: minwon-kiosk KIOSK.toml [--clock MILLISECONDS]\n       minwon-kiosk --dry-run KIOSK.toml\n       minwon-kiosk --technician NAME";

fn main() -> anyhow::Result<()> {
    if std::env::args_os()
        .nth(1)
        .is_some_and(|it| it == "--technician")
    {
        return make_technician();
    }
    telemetry::start()?;
    if std::env::args_os()
        .nth(1)
        .is_some_and(|it| it == "--dry-run")
    {
        let file = std::env::args_os().nth(2).context(USAGE)?;
        return Ok(kiosk::dry_run(&Settings::read(file.as_ref())?)?);
    }
    let (file, clock) = arguments()?;
    let settings = Settings::read(&file)?;
    let speaker = settings.speaker().context("nothing can be spoken")?;
    #[cfg(feature = "appliance")]
    panel::appliance::take_panel().context("the panel cannot be taken")?;
    let window = KioskWindow::new().context("no window can be opened")?;
    let (show, mut views) = unbounded_channel();
    let kiosk = Kiosk::start(&settings, clock, move |view| {
        // Fails only when the window is gone, and the program with it.
        let _ = show.send(view);
    })?;
    let face = Face::new(&window, kiosk.touches(), speaker.orders());
    slint::spawn_local(async move {
        while let Some(view) = views.recv().await {
            face.show(&view);
        }
        // A picture that nobody changes any more must not stand: when the kiosk behind
        // the window ends, by an order or by a bug, so does the program, and is started
        // anew.
        slint::quit_event_loop()
    })
    .context("the window has no loop")?;
    #[cfg(feature = "appliance")]
    panel::appliance::listen(&window).context("nobody can touch the panel")?;
    let turns = kiosk.turns();
    let turning = Timer::default();
    turning.start(TimerMode::Repeated, TURN, move || turns.count());
    // Where no window manager makes it as large as the panel it is what the panel is.
    window.window().set_size(PANEL);
    window.window().set_fullscreen(true);
    window.run().context("the window failed")?;
    Ok(())
}

fn make_technician() -> anyhow::Result<()> {
    let mut given = std::env::args().skip(2);
    let name = given.next().context(USAGE)?;
    ensure!(given.next().is_none(), USAGE);
    let card = asked("The card's number: ")?;
    let pin = asked("The PIN: ")?;
    let lines = kiosk::technician_entry(&name, &card, &pin)?;
    stdout().write_all(lines.as_bytes())?;
    Ok(())
}

/// A line of what is typed; the question does not stand in what is written.
fn asked(question: &str) -> anyhow::Result<Personal<String>> {
    stderr().write_all(question.as_bytes())?;
    let mut line = String::new();
    stdin().read_line(&mut line)?;
    let line = line.trim_end_matches(['\r', '\n']);
    Ok(Personal::new(line.to_owned()))
}

fn arguments() -> anyhow::Result<(PathBuf, Clock)> {
    let mut given = std::env::args_os().skip(1);
    let file = given.next().context(USAGE)?.into();
    let clock = match given.next() {
        None => Clock::System,
        Some(option) if option == "--clock" => {
            let millis = given.next().context(USAGE)?;
            let millis = millis.to_string_lossy().parse().context(USAGE)?;
            Clock::set(Timestamp::from_millis(millis))
        }
        Some(_) => bail!(USAGE),
    };
    ensure!(given.next().is_none(), USAGE);
    Ok((file, clock))
}
