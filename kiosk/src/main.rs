//! `minwon-kiosk KIOSK.toml`: the kiosk in its window.

use std::path::PathBuf;

use anyhow::Context;
use kiosk::{Clock, Kiosk, Settings, screens::Face};
use kiosk_ui::KioskWindow;
use slint::ComponentHandle;
use tokio::sync::mpsc::unbounded_channel;

const USAGE: &str = "usage: minwon-kiosk KIOSK.toml";

fn main() -> anyhow::Result<()> {
    telemetry::start()?;
    let file: PathBuf = std::env::args_os().nth(1).context(USAGE)?.into();
    let settings = Settings::read(&file)?;
    let speaker = settings.speaker().context("nothing can be spoken")?;
    let window = KioskWindow::new().context("no window can be opened")?;
    let (show, mut views) = unbounded_channel();
    let kiosk = Kiosk::start(&settings, Clock::System, move |view| {
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
    window.window().set_fullscreen(true);
    window.run().context("the window failed")?;
    Ok(())
}
