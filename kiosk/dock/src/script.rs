//! A scripted finger: walks through visits by touching a real window with real
//! pointer events, and keeps a picture of every screen it meets.

use std::{
    path::PathBuf,
    process::Command,
    sync::mpsc::{Receiver, Sender, channel},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use bench::{chip_card::Mood, people::Person};
use dock_ui::DockWindow;
use kiosk::visit::{View, view::Screen};
use kiosk_ui::KioskWindow;
use slint::{ComponentHandle, Rgba8Pixel, SharedPixelBuffer, Weak};

use crate::{
    finger, held,
    panel::{SharedBench, lock},
};

/// Longer than anything a citizen waits for here.
const PATIENCE: Duration = Duration::from_secs(60);
/// A window draws its next frame well within this.
const FRAME: Duration = Duration::from_millis(350);

pub struct Script {
    window: Weak<KioskWindow>,
    panel: Weak<DockWindow>,
    views: Receiver<View>,
    bench: SharedBench,
    pictures: PathBuf,
    taken: u32,
    shown: Option<View>,
}

impl Script {
    pub fn new(
        window: Weak<KioskWindow>,
        panel: Weak<DockWindow>,
        views: Receiver<View>,
        bench: SharedBench,
        pictures: PathBuf,
    ) -> Self {
        Self {
            window,
            panel,
            views,
            bench,
            pictures,
            taken: 0,
            shown: None,
        }
    }

    /// Waits until a screen is up, and keeps a picture of it.
    ///
    /// # Errors
    /// When it does not come.
    pub fn meet(&mut self, screen: &str) -> anyhow::Result<()> {
        self.meet_when(screen, |view| view.screen.name() == screen)
    }

    /// Waits for a certain view, and keeps a picture of it under `name`.
    ///
    /// # Errors
    /// When it does not come.
    pub fn meet_when(&mut self, name: &str, wanted: impl Fn(&View) -> bool) -> anyhow::Result<()> {
        let given_up = Instant::now() + PATIENCE;
        while !self.shown.as_ref().is_some_and(&wanted) {
            let left = given_up.saturating_duration_since(Instant::now());
            let Ok(view) = self.views.recv_timeout(left) else {
                self.picture("waited-in-vain")?;
                let shown = self.shown.as_ref().map(|view| &view.screen);
                bail!("waited in vain for {name}; the screen shows {shown:#?}");
            };
            self.shown = Some(view);
        }
        std::thread::sleep(FRAME);
        self.taken += 1;
        self.picture(&format!("{:02}-{name}", self.taken))
    }

    fn picture(&self, name: &str) -> anyhow::Result<()> {
        self.save(name, ask(&self.window, |it| it.window().take_snapshot())??)
    }

    /// Keeps a picture of the bench.
    ///
    /// # Errors
    /// When it cannot be taken or written.
    pub fn picture_bench(&self) -> anyhow::Result<()> {
        std::thread::sleep(FRAME);
        self.save(
            "bench",
            ask(&self.panel, |it| it.window().take_snapshot())??,
        )
    }

    fn save(&self, name: &str, pixels: SharedPixelBuffer<Rgba8Pixel>) -> anyhow::Result<()> {
        let file = self.pictures.join(name).with_extension("png");
        image::save_buffer(
            &file,
            pixels.as_bytes(),
            pixels.width(),
            pixels.height(),
            image::ExtendedColorType::Rgba8,
        )
        .with_context(|| format!("cannot write {}", file.display()))
    }

    /// Moves the pointer onto the control with this label and presses it, having
    /// turned a long page there.
    ///
    /// # Errors
    /// When there is none, or `xdotool` is missing.
    pub fn touch(&mut self, label: &str) -> anyhow::Result<()> {
        let wanted = label.to_owned();
        while let Some(turn) = ask(&self.window, {
            let wanted = wanted.clone();
            move |window| {
                finger::turn_towards(window, &wanted).map(|place| on_desktop(window, place))
            }
        })? {
            press(turn, label)?;
        }
        let found = ask(&self.window, move |window| {
            finger::locate(window, &wanted)
                .map(|place| on_desktop(window, place))
                .ok_or_else(|| finger::labels(window))
        })?;
        match found {
            Ok(place) => press(place, label),
            Err(there) => {
                let there: Vec<String> = there;
                bail!("nothing to touch is called {label:?}; there are {there:?}");
            }
        }
    }

    /// # Errors
    /// As [`Script::touch`].
    pub fn touch_all<'a>(
        &mut self,
        labels: impl IntoIterator<Item = &'a str>,
    ) -> anyhow::Result<()> {
        labels.into_iter().try_for_each(|label| self.touch(label))
    }

    pub fn insert_card(&self, person: Person) {
        let bench = lock(&self.bench);
        bench
            .card_reader
            .with(|reader| reader.insert(person, Instant::now()));
    }

    /// # Errors
    /// When the bench has no chip-card reader, or it does not take the card.
    pub fn insert_chip_card(&self, person: Person) -> anyhow::Result<()> {
        let mut bench = lock(&self.bench);
        let reader = bench.chip_reader.as_mut();
        let reader = reader.context("the bench has no chip-card reader")?;
        Ok(reader.insert(person, Mood::Well)?)
    }

    pub fn pull_card(&self) {
        let mut bench = lock(&self.bench);
        bench.card_reader.with(|reader| reader.pull());
        if let Some(reader) = &mut bench.chip_reader {
            reader.pull();
        }
    }

    pub fn drop_coin(&self, value_won: u32) {
        let bench = lock(&self.bench);
        bench.cash.with(|cash| cash.insert_coin(value_won));
    }

    pub fn feed_note(&self, value_won: u32) {
        let bench = lock(&self.bench);
        bench.cash.with(|cash| cash.insert_note(value_won));
    }

    /// Holds the newest sheet to the scanner.
    ///
    /// # Errors
    /// When none was printed, or no code is found on it.
    pub fn hold_sheet(&self) -> anyhow::Result<()> {
        Ok(held::hold_sheet(&self.bench, &std::env::temp_dir())?)
    }

    /// Touches the best suggestion of the question on the screen.
    ///
    /// # Errors
    /// As [`Script::touch`].
    pub fn touch_first_suggestion(&mut self) -> anyhow::Result<()> {
        let shown = self.shown.as_ref().map(|view| &view.screen);
        let Some(Screen::Question(question)) = shown else {
            bail!("no question is on the screen");
        };
        let Some(first) = question.suggestions.first().cloned() else {
            bail!("nothing is suggested");
        };
        self.touch(&first)
    }

    /// Waits until the cash devices take money: what comes before falls through.
    ///
    /// # Errors
    /// When they stay shut.
    pub fn wait_for_slot(&self) -> anyhow::Result<()> {
        let given_up = Instant::now() + PATIENCE;
        while !lock(&self.bench)
            .cash
            .with(|cash| cash.takes_coins() && cash.takes_notes())
        {
            if Instant::now() > given_up {
                bail!("the slot stays shut");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

/// Asks a window something on its own thread.
fn ask<W: ComponentHandle + 'static, R: Send + 'static>(
    window: &Weak<W>,
    question: impl FnOnce(&W) -> R + Send + 'static,
) -> anyhow::Result<R> {
    let (tell, answer): (Sender<R>, Receiver<R>) = channel();
    window
        .upgrade_in_event_loop(move |window| drop(tell.send(question(&window))))
        .context("the window is gone")?;
    answer
        .recv_timeout(PATIENCE)
        .context("the window does not answer")
}

/// A place in a window in pixels of the whole desktop.
fn on_desktop(window: &KioskWindow, (x, y): (f32, f32)) -> (f32, f32) {
    let (scale, corner) = (window.window().scale_factor(), window.window().position());
    (x * scale + corner.x as f32, y * scale + corner.y as f32)
}

fn press((x, y): (f32, f32), label: &str) -> anyhow::Result<()> {
    let status = Command::new("xdotool")
        .args(["mousemove", &format!("{x:.0}"), &format!("{y:.0}")])
        .args(["mousedown", "1", "sleep", "0.05", "mouseup", "1"])
        .status()
        .context("xdotool is missing")?;
    if !status.success() {
        bail!("xdotool could not touch {label:?}");
    }
    Ok(())
}
