//! A kiosk without a window that ends itself, as `kill -9` would, at one deed.
//!
//! `minwon-crash-kiosk KIOSK.toml MILLIS`: its clock says MILLIS since 1970. It
//! tells every screen and every deed on standard output, a line each, and takes
//! touches and the plan of its own end from standard input.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "it looks for two screens among many"
)]

use std::{
    io::{BufRead, Write},
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context;
use kiosk::{
    Clock, Deed, Kiosk, Settings, When,
    visit::{
        View,
        view::{Pay, Screen},
    },
};
use nix::{
    sys::signal::{Signal, kill},
    unistd::getpid,
};
use request::Timestamp;
use tests::crash::{
    line::{Said, Told, kind_name},
    point::{Moment, Point},
};

const USAGE: &str = "usage: minwon-crash-kiosk KIOSK.toml MILLIS";

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let file: PathBuf = arguments.next().context(USAGE)?.into();
    let clock = arguments.next().context(USAGE)?;
    let clock = clock.to_string_lossy().parse().context(USAGE)?;
    let settings = Settings::read(&file)?;

    let end = Arc::new(Mutex::new(End::default()));
    let watched = Arc::clone(&end);
    let watch = move |deed: &Deed, when: When| {
        let mut end = watched.lock().unwrap_or_else(PoisonError::into_inner);
        end.see(deed, when);
    };
    let clock = Clock::set(Timestamp::from_millis(clock));
    let kiosk = Kiosk::start_watched(&settings, clock, |view| show(&view), Box::new(watch))?;
    let touch = kiosk.touches();
    for line in std::io::stdin().lock().lines() {
        match Told::read(&line?) {
            Some(Told::Touch(it)) => touch(it),
            Some(Told::Die(point)) => {
                let mut end = end.lock().unwrap_or_else(PoisonError::into_inner);
                *end = End {
                    point: Some(point),
                    seen: 0,
                };
            }
            None => {}
        }
    }
    Ok(())
}

/// The plan of the end: at which deed, counted from when the plan was made.
#[derive(Default)]
struct End {
    point: Option<Point>,
    seen: u32,
}

impl End {
    fn see(&mut self, deed: &Deed, when: When) {
        if when == When::Before {
            say(&Said::Deed {
                kind: kind_name(deed.kind).to_owned(),
                name: deed.name.clone(),
            });
        }
        let Some(point) = self.point.filter(|point| point.kind == deed.kind) else {
            return;
        };
        if when == When::Before {
            self.seen += 1;
        }
        if self.seen != point.number {
            return;
        }
        match (point.moment, when) {
            (Moment::Before, When::Before) | (Moment::After, When::After) => die(),
            (Moment::Later(millis), When::After) => {
                std::thread::spawn(move || {
                    std::thread::sleep(Duration::from_millis(millis));
                    die();
                });
            }
            (Moment::Before | Moment::After | Moment::Later(_), _) => {}
        }
    }
}

/// Nothing is flushed, nothing is dropped, nobody is told.
fn die() {
    let _ = kill(getpid(), Signal::SIGKILL);
}

fn show(view: &View) {
    let ready = match &view.screen {
        Screen::Welcome(welcome) => welcome.troubles.is_empty(),
        Screen::Pay(Pay { means, .. }) => means.is_some(),
        _ => true,
    };
    say(&Said::Screen {
        name: view.screen.name().to_owned(),
        ready,
    });
}

fn say(said: &Said) {
    let mut out = std::io::stdout().lock();
    // Whoever listened is gone: then the kiosk goes on alone.
    let _ = writeln!(out, "{}", said.write()).and_then(|()| out.flush());
}
