//! A kiosk without a display that ends itself, as `kill -9` would, at one deed.
//!
//! `minwon-crash-kiosk KIOSK.toml MILLIS [face]`: its clock says MILLIS since 1970; with a
//! face it paints each of its screens, for nobody to see. It
//! tells every screen and every deed on standard output, a line each, and takes
//! touches and the plan of its own end from standard input.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "it looks for two screens among many"
)]

use std::{
    alloc::System,
    io::{BufRead, Write},
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Sender, channel},
    },
    time::Duration,
};

use anyhow::Context;
use i_slint_backend_testing::{TestingBackend, TestingBackendOptions, mock_elapsed_time};
use kiosk::{
    Clock, Deed, Kiosk, Settings, When,
    visit::{
        View,
        view::{Pay, Screen},
    },
};
use kiosk_ui::KioskWindow;
use nix::{
    sys::signal::{Signal, kill},
    unistd::getpid,
};
use request::Timestamp;
use slint::{ComponentHandle, PhysicalSize};
use tests::crash::{
    line::{Said, Told, kind_name},
    point::{Moment, Point},
};
use zeroizing_alloc::ZeroAlloc;

/// As the kiosk's own.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

const USAGE: &str = "usage: minwon-crash-kiosk KIOSK.toml MILLIS [face]";

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let file: PathBuf = arguments.next().context(USAGE)?.into();
    let clock = arguments.next().context(USAGE)?;
    let clock = clock.to_string_lossy().parse().context(USAGE)?;
    let painted = arguments.next().map(|_| face());
    let settings = Settings::read(&file)?;

    let end = Arc::new(Mutex::new(End::default()));
    let watched = Arc::clone(&end);
    let watch = move |deed: &Deed, when: When| {
        let mut end = watched.lock().unwrap_or_else(PoisonError::into_inner);
        end.see(deed, when);
    };
    let clock = Clock::set(Timestamp::from_millis(clock));
    let kiosk = Kiosk::start_watched(
        &settings,
        clock,
        move |view| {
            show(&view);
            if let Some(painted) = &painted {
                // Fails only when the thread has panicked, which is seen.
                let _ = painted.send(view);
            }
        },
        Box::new(watch),
    )?;
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

/// A window in a thread of its own, which is shown every moment of the visit.
fn face() -> Sender<View> {
    let (show, views) = channel::<View>();
    std::thread::spawn(move || -> anyhow::Result<()> {
        let backend = TestingBackend::new(TestingBackendOptions {
            mock_time: true,
            threading: false,
            renderer_name: Some("software".into()),
        });
        slint::platform::set_platform(Box::new(backend))?;
        let window = KioskWindow::new()?;
        window.window().set_size(PhysicalSize::new(1_080, 1_920));
        window.show()?;
        for view in views {
            kiosk::screens::show(&window, &view);
            mock_elapsed_time(Duration::from_millis(600));
            window.window().take_snapshot()?;
        }
        Ok(())
    });
    show
}

fn say(said: &Said) {
    let mut out = std::io::stdout().lock();
    // Whoever listened is gone: then the kiosk goes on alone.
    let _ = writeln!(out, "{}", said.write()).and_then(|()| out.flush());
}
