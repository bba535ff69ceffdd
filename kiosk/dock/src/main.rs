//! `minwon-dock`: the kiosk beside its bench panel, with a person or with a
//! scripted finger in front of it.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, mpsc::channel},
};

use anyhow::{Context, bail};
use bench::{
    cable::Cable,
    document_printer::Mood,
    kiosk_bench::KioskBench,
    people::{PEOPLE, Person},
};
use dock::{panel, script::Script, story};
use kiosk::{Clock, Kiosk, Settings, screens::Face};
use kiosk_ui::KioskWindow;
use privacy::Personal;
use request::Timestamp;
use slint::{ComponentHandle, LogicalPosition, LogicalSize};
use tokio::sync::mpsc::unbounded_channel;

const USAGE: &str = "usage: minwon-dock --site FILE --exchange IP:PORT --folder FOLDER \
    [--clock MILLISECONDS] [--pictures FOLDER [--code CODE]]";
const OPTIONS: [&str; 6] = [
    "--site",
    "--exchange",
    "--folder",
    "--clock",
    "--pictures",
    "--code",
];

fn main() -> anyhow::Result<()> {
    telemetry::start()?;
    let given = arguments()?;
    let needed = |name: &str| {
        given
            .get(name)
            .with_context(|| format!("{name} is missing\n{USAGE}"))
    };
    let folder = PathBuf::from(needed("--folder")?);
    fs::create_dir_all(&folder)?;
    let cable = Arc::new(Cable::to(needed("--exchange")?.parse()?)?);
    let mut bench = KioskBench::start(&folder.join("a4")).context("the bench does not start")?;
    if let Err(error) = bench.fit_chip_reader() {
        tracing::warn!(%error, "The bench has no chip-card reader");
    }
    let settings = settings(Path::new(needed("--site")?), &folder, &cable, &bench)?;
    let clock = match given.get("--clock") {
        Some(millis) => Clock::set(Timestamp::from_millis(millis.parse()?)),
        None => Clock::System,
    };

    let window = KioskWindow::new().context("no window can be opened")?;
    let bench = Arc::new(Mutex::new(bench));
    let panel = panel::open(&bench, &cable, &folder)?;
    let (tell, views) = channel();
    let (show, mut shown) = unbounded_channel();
    let kiosk = Kiosk::start(&settings, clock, move |view| {
        let _ = tell.send(view.clone());
        let _ = show.send(view);
    })?;
    let speaker = settings.speaker()?;
    let face = Face::new(&window, kiosk.touches(), speaker.orders());
    slint::spawn_local(async move {
        while let Some(view) = shown.recv().await {
            face.show(&view);
        }
    })?;
    window.window().set_size(LogicalSize::new(1080.0, 1920.0));
    window.window().set_position(LogicalPosition::new(0.0, 0.0));
    panel
        .window()
        .set_position(LogicalPosition::new(1080.0, 0.0));
    panel.show()?;

    let finger = given.get("--pictures").map(|pictures| {
        let (window, panel) = (window.as_weak(), panel.as_weak());
        let script = Script::new(window, panel, views, Arc::clone(&bench), pictures.into());
        let code = given.get("--code").cloned();
        std::thread::spawn(move || {
            let told = story::tell(script, code.as_deref());
            let _ = slint::quit_event_loop();
            told
        })
    });
    window.run()?;
    // A process of its own, which the panel keeps until the very end.
    panel::lock(&bench).document_printer.set_mood(Mood::Gone)?;
    match finger.map(std::thread::JoinHandle::join) {
        Some(Ok(told)) => told,
        Some(Err(_)) => bail!("the finger broke off"),
        None => Ok(()),
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

/// Whose card opens maintenance here, and with which PIN.
const TECHNICIAN: Person = PEOPLE[4];
const PIN: &str = "246810";

/// The site's own lines, and where its exchange and its devices are found here.
fn settings(
    site: &Path,
    folder: &Path,
    cable: &Cable,
    bench: &KioskBench,
) -> anyhow::Result<Settings> {
    let site = fs::read_to_string(site).context("cannot read the site")?;
    let secret = |it: &str| Personal::new(it.to_owned());
    let technician =
        kiosk::technician_entry("demo", &secret(TECHNICIAN.resident_number), &secret(PIN))?;
    let text = format!(
        "{site}\njournal = {:?}\n[exchange]\nurl = {:?}\ncredentials = {:?}\n\n{}\n{technician}",
        folder.join("journal.sqlite"),
        cable.url(),
        folder.join("credentials"),
        bench.settings(),
    );
    let file = folder.join("kiosk.toml");
    fs::write(&file, text)?;
    Ok(Settings::read(&file)?)
}
