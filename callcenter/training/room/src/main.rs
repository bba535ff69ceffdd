//! `minwon-training TRAINING.toml`: a desk, and callers who do not exist.

use std::{
    env, fs,
    path::Path,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, bail};
use catalog::Catalog;
use desk::{Clock, Desk};
use desk_ui::DeskWindow;
use slint::ComponentHandle;
use training::Lesson;
use training_room::{
    ExaminationRules, Lessons, Records, Settings,
    running::{Running, Ways},
    screens,
};
use training_ui::TrainingWindow;

const USAGE: &str = "usage: minwon-training TRAINING.toml";

fn main() -> anyhow::Result<()> {
    telemetry::start()?;
    let mut words = env::args_os().skip(1);
    let (Some(file), None) = (words.next(), words.next()) else {
        bail!(USAGE);
    };
    let settings = Settings::read(Path::new(&file))?;
    let desk_settings = desk::Settings::read(&settings.desk)?;
    let lessons = lessons(&settings, &desk_settings.catalog)?;

    let room_window = TrainingWindow::new().context("no window can be opened")?;
    let shown = room_window.as_weak();
    let room = Running::start(
        lessons,
        Ways {
            caller: settings.caller.clone(),
            kiosk: kiosk(&settings, &desk_settings),
            roster: roster(&settings),
        },
        Records::new(settings.records.clone()),
        Clock::System,
        seed(),
        move |view| {
            // Fails only when the window is gone, and the program with it.
            let _ = shown.upgrade_in_event_loop(move |window| screens::show(&window, &view));
        },
    )?;
    screens::connect(&room_window, room.keys());

    let desk_window = DeskWindow::new().context("no window can be opened")?;
    let shown = desk_window.as_weak();
    let see = room.desk();
    let desk = Desk::start(&desk_settings, Clock::System, None, move |view| {
        see(view.clone());
        let _ = shown.upgrade_in_event_loop(move |window| desk::screens::show(&window, &view));
    })?;
    desk::screens::connect(&desk_window, desk.touches());
    room_window.show()?;
    desk_window.run()?;
    Ok(())
}

fn lessons(settings: &Settings, catalog: &Path) -> anyhow::Result<Lessons> {
    let catalog = Catalog::read(catalog)?;
    let folder = &settings.scenarios;
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut scenarios = Vec::new();
    for entry in entries {
        let file = entry?.path();
        if file.extension().is_some_and(|it| it == "toml") {
            let name = file
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let text = fs::read_to_string(&file)
                .with_context(|| format!("cannot read {}", file.display()))?;
            scenarios.push(Lesson::parse(&name, &text, &catalog)?);
        }
    }
    scenarios.sort_by(|one, other| one.id().cmp(other.id()));
    Ok(Lessons {
        scenarios,
        catalog: Arc::new(catalog),
        offices: Arc::new(settings.offices.clone()),
        examination: ExaminationRules {
            questions: settings.examination.questions,
            pass_percent: settings.examination.pass_percent,
        },
        has_kiosk: settings.kiosk.is_some(),
    })
}

/// The practice kiosk's way to the desk's exchange.
fn kiosk(settings: &Settings, desk: &desk::Settings) -> Option<link::Settings> {
    let kiosk = settings.kiosk.as_ref()?;
    Some(link::Settings {
        exchange: desk.exchange.url.clone(),
        station: kiosk.station.clone(),
        credentials: kiosk.credentials.clone(),
        clock: link::Clock::new(|| Clock::System.now().wall),
    })
}

/// The way to the exchange that keeps the roster.
fn roster(settings: &Settings) -> Option<link::Settings> {
    let roster = settings.roster.clone()?;
    Some(link::Settings {
        exchange: roster.url,
        station: roster.station,
        credentials: roster.credentials,
        clock: link::Clock::new(|| Clock::System.now().wall),
    })
}

/// Every start of the program begins with another caller.
fn seed() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |it| it.as_secs())
}
