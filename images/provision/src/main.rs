//! `minwon-provision`: brings this machine into service, alone on its panel before the kiosk.
//! Where that is done it ends at once, and well; it ends well in no other way.
//!
//! `--image`, `--state` and `--run` name other folders than a machine's own.

use std::{alloc::System, path::PathBuf, thread::JoinHandle, time::Duration};

use anyhow::{Context, anyhow, bail};
use provision::{
    book::BookFault,
    places::Places,
    screens,
    shell::Shell,
    view::{Stop, Touch, View},
};
use provision_ui::ProvisionWindow;
use slint::{ComponentHandle, LogicalSize, Timer};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use zeroizing_alloc::ZeroAlloc;

/// What was in memory that is given back is overwritten: PINs and claim codes are typed here.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

const PANEL: LogicalSize = LogicalSize::new(1080.0, 1920.0);
/// How long one can read that it is done, and what to take out, before the kiosk begins.
const READ: Duration = Duration::from_secs(8);
const USAGE: &str = "usage: minwon-provision [--image FOLDER] [--state FOLDER] [--run FOLDER]";

fn main() -> anyhow::Result<()> {
    telemetry::start()?;
    match Shell::open(places()?) {
        Ok(shell) if shell.is_done() => Ok(()),
        Ok(shell) => work(shell),
        Err(error) => {
            tracing::error!(%error, "Nothing is known of this machine");
            say(&error)?;
            Err(error)
        }
    }
}

fn places() -> anyhow::Result<Places> {
    let mut places = Places::default();
    let mut given = std::env::args_os().skip(1);
    while let Some(option) = given.next() {
        let folder = PathBuf::from(given.next().context(USAGE)?);
        match option.to_str() {
            Some("--image") => places.image = folder,
            Some("--state") => places.state = folder,
            Some("--run") => places.run = folder,
            Some(_) | None => bail!(USAGE),
        }
    }
    Ok(places)
}

fn work(shell: Shell) -> anyhow::Result<()> {
    let window = open()?;
    let touches = shell.touches();
    let image = shell.image();
    let machine = format!("{} · {}", image.model, image.version);
    screens::connect(&window, &machine, move |touch| touches.touch(touch));
    let (show, views) = unbounded_channel();
    let road = std::thread::Builder::new()
        .name("provision".to_owned())
        .spawn(move || {
            // Fails only when the window is gone, and the program with it.
            shell.run(|view| drop(show.send(view.clone())))
        })
        .context("the machine has no threads left")?;
    let shown = window.as_weak();
    slint::spawn_local(follow(views, move |view| {
        if let Some(window) = shown.upgrade() {
            screens::show(&window, view);
        }
    }))
    .context("the window has no loop")?;
    bring_up(&window)?;
    outcome(road)
}

/// Shows every view; when the last one was shown, and read where it is the good end, the
/// window goes.
async fn follow(mut views: UnboundedReceiver<View>, show: impl Fn(&View)) {
    let mut last = None;
    while let Some(view) = views.recv().await {
        show(&view);
        last = Some(view);
    }
    let read = match last {
        Some(View::Done { .. }) => READ,
        Some(_) | None => Duration::ZERO,
    };
    // Fails only when there is no loop any more to quit.
    Timer::single_shot(read, || drop(slint::quit_event_loop()));
}

fn outcome(road: JoinHandle<anyhow::Result<()>>) -> anyhow::Result<()> {
    if !road.is_finished() {
        bail!("the window was closed before the machine was in service");
    }
    road.join()
        .map_err(|_| anyhow!("the machine's thread has panicked"))?
}

/// Why nothing can begin, until somebody touches that it is tried once more: whoever has
/// started this program starts it anew.
fn say(error: &anyhow::Error) -> anyhow::Result<()> {
    let stop = match error.downcast_ref::<BookFault>() {
        Some(BookFault::Disk(_) | BookFault::Malformed(_)) => Stop::DiskFails,
        None => Stop::ImageIncomplete,
    };
    let window = open()?;
    screens::connect(&window, env!("CARGO_PKG_VERSION"), |touch| {
        if touch == Touch::Again {
            drop(slint::quit_event_loop());
        }
    });
    screens::show(&window, &View::Stopped(stop));
    bring_up(&window)
}

fn open() -> anyhow::Result<ProvisionWindow> {
    #[cfg(feature = "appliance")]
    panel::appliance::take_panel().context("the panel cannot be taken")?;
    ProvisionWindow::new().context("no window can be opened")
}

/// Until it is closed.
fn bring_up(window: &ProvisionWindow) -> anyhow::Result<()> {
    #[cfg(feature = "appliance")]
    panel::appliance::listen(window).context("nobody can touch the panel")?;
    // Where no window manager makes it as large as the panel it is what the panel is.
    window.window().set_size(PANEL);
    window.window().set_fullscreen(true);
    window.run().context("the window failed")
}
