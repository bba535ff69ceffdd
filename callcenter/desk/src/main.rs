//! `minwon-desk DESK.toml`: the desk in its window.

use std::path::PathBuf;

use anyhow::Context;
use desk::{Clock, Desk, Settings, screens};
use desk_ui::DeskWindow;
use slint::ComponentHandle;

const USAGE: &str = "usage: minwon-desk DESK.toml";

fn main() -> anyhow::Result<()> {
    telemetry::start()?;
    let file: PathBuf = std::env::args_os().nth(1).context(USAGE)?.into();
    let settings = Settings::read(&file)?;
    let window = DeskWindow::new().context("no window can be opened")?;
    let shown = window.as_weak();
    let desk = Desk::start(&settings, Clock::System, None, move |view| {
        // Fails only when the window is gone, and the program with it.
        let _ = shown.upgrade_in_event_loop(move |window| screens::show(&window, &view));
    })?;
    screens::connect(&window, desk.touches());
    window.window().set_maximized(true);
    window.run().context("the window failed")?;
    Ok(())
}
