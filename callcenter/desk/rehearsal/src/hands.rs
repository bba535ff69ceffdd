//! Scripted hands: press the keys of a real desk, and keep a picture of each pane.

use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use desk::workplace::View;
use desk_ui::DeskWindow;
use slint::{
    ComponentHandle, SharedString, Weak,
    platform::{Key, WindowEvent},
};

/// Longer than anything an agent waits for here: a citizen comes to the kiosk late.
const PATIENCE: Duration = Duration::from_secs(300);
/// A window draws its next frame well within this.
const FRAME: Duration = Duration::from_millis(350);

pub(crate) struct Hands {
    window: Weak<DeskWindow>,
    views: Receiver<View>,
    pictures: PathBuf,
    taken: u32,
    shown: Option<View>,
}

impl Hands {
    pub(crate) fn new(window: Weak<DeskWindow>, views: Receiver<View>, pictures: PathBuf) -> Self {
        Self {
            window,
            views,
            pictures,
            taken: 0,
            shown: None,
        }
    }

    /// Waits for a certain view.
    ///
    /// # Errors
    /// When it does not come.
    pub(crate) fn wait_for(
        &mut self,
        name: &str,
        wanted: impl Fn(&View) -> bool,
    ) -> anyhow::Result<View> {
        let given_up = Instant::now() + PATIENCE;
        loop {
            if let Some(view) = self.shown.as_ref().filter(|view| wanted(view)) {
                return Ok(view.clone());
            }
            let left = given_up.saturating_duration_since(Instant::now());
            let Ok(view) = self.views.recv_timeout(left) else {
                self.picture("waited-in-vain")?;
                bail!(
                    "waited in vain for {name}; the desk shows {:#?}",
                    self.shown
                );
            };
            self.shown = Some(view);
        }
    }

    /// Waits for a certain view, and keeps a picture of it under `name`.
    ///
    /// # Errors
    /// When it does not come.
    pub(crate) fn meet(
        &mut self,
        name: &str,
        wanted: impl Fn(&View) -> bool,
    ) -> anyhow::Result<View> {
        let view = self.wait_for(name, wanted)?;
        self.taken += 1;
        self.picture(&format!("desk-{:02}-{name}", self.taken))?;
        Ok(view)
    }

    /// Presses a key by the name that stands on its button.
    ///
    /// # Errors
    /// When the window is gone.
    pub(crate) fn press(&self, name: &str) -> anyhow::Result<()> {
        let (modifier, key) = match name.split_once('+') {
            Some(("Ctrl", key)) => (Some(Key::Control), key),
            Some(("Alt", key)) => (Some(Key::Alt), key),
            _ => (None, name),
        };
        let text: SharedString = match key {
            "F1" => Key::F1.into(),
            "F2" => Key::F2.into(),
            "F6" => Key::F6.into(),
            "F9" => Key::F9.into(),
            "Enter" => Key::Return.into(),
            "Del" => Key::Delete.into(),
            "Esc" => Key::Escape.into(),
            "Tab" => Key::Tab.into(),
            "↓" => Key::DownArrow.into(),
            letter => letter.to_lowercase().into(),
        };
        let modifier = modifier.map(SharedString::from);
        self.on_window(move |window| {
            let press = |text: &SharedString| WindowEvent::KeyPressed { text: text.clone() };
            let release = |text: &SharedString| WindowEvent::KeyReleased { text: text.clone() };
            let held = modifier.iter().map(press);
            let let_go = modifier.iter().map(release);
            let strokes = held.chain([press(&text), release(&text)]).chain(let_go);
            strokes.for_each(|event| window.window().dispatch_event(event));
        })
    }

    /// # Errors
    /// When the window is gone.
    pub(crate) fn type_text(&self, text: &str) -> anyhow::Result<()> {
        text.chars()
            .try_for_each(|letter| self.press(&letter.to_string()))
    }

    fn picture(&self, name: &str) -> anyhow::Result<()> {
        // What was said last is drawn by then.
        std::thread::sleep(FRAME);
        let pixels = self.on_window(|window| window.window().take_snapshot())??;
        let file = self.pictures.join(name).with_extension("png");
        let (width, height) = (pixels.width(), pixels.height());
        let colors = image::ExtendedColorType::Rgba8;
        image::save_buffer(&file, pixels.as_bytes(), width, height, colors)
            .with_context(|| format!("cannot write {}", file.display()))
    }

    /// Does something on the window's own thread.
    fn on_window<R: Send + 'static>(
        &self,
        deed: impl FnOnce(&DeskWindow) -> R + Send + 'static,
    ) -> anyhow::Result<R> {
        let (tell, done) = channel();
        self.window
            .upgrade_in_event_loop(move |window| drop(tell.send(deed(&window))))
            .context("the window is gone")?;
        done.recv_timeout(PATIENCE)
            .context("the window does not answer")
    }
}
