//! The training room with its window, driven by the labels on it.

use std::{
    fs::{self, File},
    io::BufWriter,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, channel},
    },
    time::{Duration, Instant},
};

use catalog::Catalog;
use desk::Clock;
use i_slint_backend_testing::{ElementHandle, mock_elapsed_time};
use slint::{ComponentHandle, PhysicalSize};
use training::{Lesson, Scenario};
use training_room::{
    CallerSettings, ExaminationRules, Lessons, Records,
    running::{Running, Ways},
    screens,
    view::{Pane, RoomView, Stage},
};
use training_ui::TrainingWindow;

use crate::booth::Watcher;

pub(crate) const SEED: u64 = 3;
pub(crate) const VISIT: &str = "visit-land-ledger-english";
/// The discard port.
const NOWHERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9);
const WIDTH: u32 = 760;
const HEIGHT: u32 = 960;
/// The caller speaks in turns of eight seconds.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Room {
    running: Running,
    window: Option<TrainingWindow>,
    views: Receiver<RoomView>,
    shown: Option<RoomView>,
    folder: tempfile::TempDir,
}

fn house() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// One of the lessons, and the catalogue it goes by.
pub(crate) fn lesson(id: &str) -> (Catalog, Lesson) {
    let catalog = Catalog::read(&house().join("shared/catalog")).unwrap();
    let lesson = Lesson::parse(id, &text(id), &catalog).unwrap();
    (catalog, lesson)
}

fn text(id: &str) -> String {
    let file = format!("callcenter/training/scenarios/{id}.toml");
    fs::read_to_string(house().join(file)).unwrap()
}

/// What is taught here, and one of it.
pub(crate) fn lessons_and(id: &str) -> (Lessons, Scenario) {
    let catalog = Catalog::read(&house().join("shared/catalog")).unwrap();
    let lesson = |id: &str| Lesson::parse(id, &text(id), &catalog).unwrap();
    let scenarios = ["family-relations", "land-ledger", "tax-office", VISIT];
    let lessons = Lessons {
        scenarios: scenarios.map(lesson).into(),
        offices: Arc::default(),
        examination: ExaminationRules {
            questions: 5,
            pass_percent: 80,
        },
        catalog: Arc::new(catalog.clone()),
        has_kiosk: true,
    };
    let wanted = Scenario::parse(id, &text(id), &catalog).unwrap();
    (lessons, wanted)
}

impl Room {
    pub(crate) fn open(calls: SocketAddr) -> Self {
        Self::with(calls, None, None)
    }

    /// Where visits are practised and the roster is told; nobody telephones.
    pub(crate) fn with_kiosk(kiosk: link::Settings, roster: link::Settings) -> Self {
        Self::with(NOWHERE, Some(kiosk), Some(roster))
    }

    fn with(
        calls: SocketAddr,
        kiosk: Option<link::Settings>,
        roster: Option<link::Settings>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (tell, views) = channel();
        let running = Running::start(
            lessons_and("land-ledger").0,
            Ways {
                caller: CallerSettings {
                    switch: calls,
                    number: "110".to_owned(),
                },
                kiosk,
                roster,
            },
            Records::new(folder.path().join("records.jsonl")),
            Clock::System,
            SEED,
            move |view| drop(tell.send(view)),
        );
        Self {
            running: running.unwrap(),
            window: None,
            views,
            shown: None,
            folder,
        }
    }

    pub(crate) fn watcher(&self) -> Watcher {
        Arc::new(self.running.desk())
    }

    /// Once there is a screen.
    pub(crate) fn show_window(&mut self) {
        let window = TrainingWindow::new().unwrap();
        window.window().set_size(PhysicalSize::new(WIDTH, HEIGHT));
        window.show().unwrap();
        screens::connect(&window, self.running.keys());
        self.window = Some(window);
    }

    /// Chooses an exercise and begins it.
    pub(crate) fn begins(&mut self, title: &str) {
        self.chooses(title);
        self.wait_for(
            "somebody is about to call",
            |view| matches!(&view.pane, Pane::Wait { title: it } if it == title),
        );
        self.picture("wait");
    }

    /// Chooses a visit: a citizen asks for an agent at once.
    pub(crate) fn opens_the_kiosk(&mut self, title: &str) {
        self.chooses(title);
        self.wait_for("a citizen waits", |view| {
            matches!(&view.pane, Pane::Practise { title: it, stage: Stage::KioskWaits, .. } if it == title)
        });
    }

    fn chooses(&mut self, title: &str) {
        self.wait_for("the trainee is known", |view| view.agent.is_some());
        self.click(title);
        self.wait_for("it is chosen", |view| match &view.pane {
            Pane::Choose { rows, selected } => rows[*selected].title == title,
            _ => false,
        });
        self.click("시작하기");
    }

    /// Waits until the caller has said this.
    pub(crate) fn hears(&mut self, words: &str) {
        self.wait_for(&format!("the caller says {words}"), |view| {
            matches!(&view.pane, Pane::Practise { said, .. }
                if said.iter().any(|line| line.contains(words)))
        });
    }

    pub(crate) fn is_judged(&mut self) -> (u32, bool) {
        let view = self.wait_for("it is judged", |view| {
            matches!(view.pane, Pane::Judged { .. })
        });
        match view.pane {
            Pane::Judged { points, passed, .. } => (points, passed),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn records(&self) -> String {
        fs::read_to_string(self.folder.path().join("records.jsonl")).unwrap()
    }

    /// Leaves a picture, where one is wanted.
    pub(crate) fn picture(&mut self, name: &str) {
        self.wait_for("anything is shown", |_| true);
        let Some(folder) = std::env::var_os("MINWON_PICTURES") else {
            return;
        };
        mock_elapsed_time(Duration::from_millis(300));
        let picture = self.window().window().take_snapshot().unwrap();
        let file = PathBuf::from(folder).join(format!("training-{name}.png"));
        let file = BufWriter::new(File::create(file).unwrap());
        let mut encoder = png::Encoder::new(file, WIDTH, HEIGHT);
        encoder.set_color(png::ColorType::Rgba);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(picture.as_bytes()).unwrap();
    }

    fn click(&mut self, label: &str) {
        let mut found = ElementHandle::find_by_accessible_label(self.window(), label);
        let control = found.next();
        let control = control.unwrap_or_else(|| panic!("nothing is called {label:?}"));
        control.invoke_accessible_default_action();
    }

    fn wait_for(&mut self, wanted: &str, is_it: impl Fn(&RoomView) -> bool) -> RoomView {
        let given_up = Instant::now() + PATIENCE;
        loop {
            while let Ok(view) = self.views.try_recv() {
                self.draw(view);
            }
            if let Some(view) = self.shown.as_ref().filter(|view| is_it(view)) {
                return view.clone();
            }
            let left = given_up.saturating_duration_since(Instant::now());
            match self.views.recv_timeout(left) {
                Ok(view) => self.draw(view),
                Err(_) => panic!("waited in vain until {wanted}; there is {:#?}", self.shown),
            }
        }
    }

    fn draw(&mut self, view: RoomView) {
        screens::show(self.window(), &view);
        mock_elapsed_time(Duration::from_millis(50));
        self.shown = Some(view);
    }

    fn window(&self) -> &TrainingWindow {
        self.window.as_ref().unwrap()
    }
}
