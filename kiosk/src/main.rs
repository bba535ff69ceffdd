//! `minwon-kiosk KIOSK.toml`: the kiosk in its window.

use std::path::PathBuf;

use anyhow::Context;
use kiosk::{Clock, Kiosk, Settings, screens};
use kiosk_ui::KioskWindow;
use slint::ComponentHandle;

const USAGE: &str = "usage: minwon-kiosk KIOSK.toml";

fn main() -> anyhow::Result<()> {
    telemetry::start()?;
    let file: PathBuf = std::env::args_os().nth(1).context(USAGE)?.into();
    let settings = Settings::read(&file)?;
    let window = KioskWindow::new().context("no window can be opened")?;
    let (shown, ends) = (window.as_weak(), EndsWithIt);
    let kiosk = Kiosk::start(&settings, Clock::System, move |view| {
        let _lives_as_long = &ends;
        // Fails only when the window is gone, and the program with it.
        let _ = shown.upgrade_in_event_loop(move |window| screens::show(&window, &view));
    })?;
    screens::connect(&window, kiosk.touches());
    window.window().set_fullscreen(true);
    window.run().context("the window failed")?;
    Ok(())
}

/// A picture that nobody changes any more must not stand: when the kiosk behind the
/// window ends, by an order or by a bug, so does the program, and is started anew.
struct EndsWithIt;

impl Drop for EndsWithIt {
    fn drop(&mut self) {
        let _ = slint::quit_event_loop();
    }
}
