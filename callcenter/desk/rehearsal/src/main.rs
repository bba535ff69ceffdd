//! `minwon-rehearsal`: a desk with somebody who calls it, for demonstrations;
//! with a person at its keys, or with scripted hands.

mod caller;
mod hands;
mod story;

use std::{
    collections::BTreeMap,
    env,
    path::{Path, PathBuf},
    sync::mpsc::channel,
    thread,
};

use anyhow::{Context, bail};
use desk::{Clock, Desk, Settings, screens};
use desk_ui::DeskWindow;
use request::Timestamp;
use slint::{ComponentHandle, LogicalPosition, LogicalSize};

use caller::Caller;
use hands::Hands;

const USAGE: &str = "usage: minwon-rehearsal --desk DESK.toml --switch IP:PORT --speech WAV \
    [--clock MILLISECONDS] [--pictures FOLDER --passphrase WORDS --code-file FILE]";
const OPTIONS: [&str; 7] = [
    "--desk",
    "--switch",
    "--speech",
    "--clock",
    "--pictures",
    "--passphrase",
    "--code-file",
];

fn main() -> anyhow::Result<()> {
    telemetry::start()?;
    let given = arguments()?;
    let needed = |name: &str| {
        let value = given.get(name).cloned();
        value.with_context(|| format!("{name} is missing\n{USAGE}"))
    };
    let settings = Settings::read(Path::new(&needed("--desk")?))?;
    let clock = match given.get("--clock") {
        Some(millis) => Clock::set(Timestamp::from_millis(millis.parse()?)),
        None => Clock::System,
    };
    let caller = Caller::new(needed("--switch")?.parse()?, needed("--speech")?.into());
    let window = DeskWindow::new().context("no window can be opened")?;
    let (tell, views) = channel();
    let shown = window.as_weak();
    let desk = Desk::start(&settings, clock, None, move |view| {
        let _ = tell.send(view.clone());
        // Fails only when the window is gone, and the program with it.
        let _ = shown.upgrade_in_event_loop(move |window| screens::show(&window, &view));
    })?;
    screens::connect(&window, desk.touches());
    window.window().set_size(LogicalSize::new(1920.0, 1080.0));
    if given.contains_key("--pictures") {
        // Below a kiosk on the same screen, whose finger must not touch the desk.
        window
            .window()
            .set_position(LogicalPosition::new(0.0, 1920.0));
    }

    let telling = match given.get("--pictures") {
        Some(pictures) => {
            let hands = Hands::new(window.as_weak(), views, PathBuf::from(pictures));
            let (passphrase, code) = (needed("--passphrase")?, needed("--code-file")?);
            thread::spawn(move || {
                let told = story::tell(hands, &caller, &passphrase, Path::new(&code));
                let _ = slint::quit_event_loop();
                told
            })
        }
        None => thread::spawn(move || caller.call_whoever_is_ready(&views)),
    };
    window.run()?;
    drop(desk);
    match telling.join() {
        Ok(told) => told,
        Err(_) => bail!("the rehearsal broke off"),
    }
}

fn arguments() -> anyhow::Result<BTreeMap<&'static str, String>> {
    let mut given = BTreeMap::new();
    let mut words = env::args().skip(1);
    while let Some(word) = words.next() {
        let option = OPTIONS.iter().find(|option| **option == word);
        let (Some(option), Some(value)) = (option, words.next()) else {
            bail!("{word} is not known or lacks its value\n{USAGE}");
        };
        given.insert(*option, value);
    }
    Ok(given)
}
