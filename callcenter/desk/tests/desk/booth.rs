//! A desk with its window, its event loop and its journal; the exchange is away,
//! the telephone's far end is the story's.

#[path = "hands.rs"]
mod hands;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    time::{Duration, Instant},
};

use desk::{
    Clock, Desk, Settings, screens,
    telephone::{TelephoneEvent, TelephoneOrder},
    workplace::view::{PaneView, View},
};
use desk_ui::DeskWindow;
use i_slint_backend_testing::{
    AccessibleRole, ElementHandle, ElementQuery, TestingBackend, TestingBackendOptions,
    mock_elapsed_time,
};
use journal::{Journal, Key as JournalKey};
use request::{RequestEvent, ServiceRequest, StationId, Timestamp};
use slint::{ComponentHandle, PhysicalSize};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// 24 November 2026, a Tuesday, ten o'clock in Seoul: everything is open.
pub(crate) const TUESDAY_10_00: i64 = 1_795_482_000_000;
pub(crate) const STATION: &str = "desk-1";
pub(crate) const WIDTH: u32 = 1920;
pub(crate) const HEIGHT: u32 = 1080;
/// Longer than anything here takes; a story that waits longer has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sees every view before the window does.
pub(crate) type Watcher = Arc<dyn Fn(View) + Send + Sync>;

pub(crate) struct Booth {
    pub(crate) window: DeskWindow,
    desk: Option<Desk>,
    settings: Settings,
    views: Receiver<View>,
    shown: Option<View>,
    orders: UnboundedReceiver<TelephoneOrder>,
    has_telephone: bool,
    watcher: Option<Watcher>,
    folder: PathBuf,
}

/// The way to an exchange.
pub(crate) struct Way {
    pub(crate) url: String,
    /// The folder of the station's certificate.
    pub(crate) credentials: PathBuf,
    pub(crate) agent: Option<PathBuf>,
}

impl Booth {
    /// The exchange was heard of an hour ago and is away now.
    pub(crate) fn open() -> Self {
        Self::furnished(false, None, "")
    }

    pub(crate) fn with_telephone() -> Self {
        Self::furnished(true, None, "")
    }

    /// The switch's end of the line is the story's, too.
    pub(crate) fn with_switch() -> Self {
        let switch = "[switch]\naddress = \"127.0.0.1:1\"\ncredentials = \"nowhere\"\n";
        Self::furnished(true, None, switch)
    }

    /// With a telephone of its own, as the settings have it, and somebody who sees
    /// what the agent does.
    pub(crate) fn watched(line: &str, watcher: Watcher) -> Self {
        let mut booth = Self::furnished(false, None, line);
        booth.switch_off();
        booth.watcher = Some(watcher);
        booth.switch_on();
        booth
    }

    /// At an exchange, with somebody who sees what the agent does.
    pub(crate) fn watched_beside(way: Way, watcher: Watcher) -> Self {
        let mut booth = Self::furnished(false, Some(way), "");
        booth.switch_off();
        booth.watcher = Some(watcher);
        booth.switch_on();
        booth
    }

    /// At an exchange, where calls come, too.
    pub(crate) fn with_telephone_beside(way: Way) -> Self {
        Self::furnished(true, Some(way), "")
    }

    pub(crate) fn beside(way: Way) -> Self {
        Self::furnished(false, Some(way), "")
    }

    /// At an exchange and a switch; `more` says where that is, and what is heard by.
    pub(crate) fn at_a_switch(way: Way, more: &str) -> Self {
        Self::at(STATION, way, more)
    }

    /// The same, enrolled under another name.
    pub(crate) fn at(station: &str, way: Way, more: &str) -> Self {
        Self::set_up(station, false, Some(way), more)
    }

    fn furnished(has_telephone: bool, way: Option<Way>, more: &str) -> Self {
        Self::set_up(STATION, has_telephone, way, more)
    }

    fn set_up(station: &str, has_telephone: bool, way: Option<Way>, more: &str) -> Self {
        static BOOTHS: AtomicU32 = AtomicU32::new(0);
        let number = BOOTHS.fetch_add(1, Ordering::Relaxed);
        let name = format!("minwon-desk-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let hour_ago = TUESDAY_10_00 - 3_600_000;
        let contact = format!("{{\"exchange\":{hour_ago},\"networks\":{{}}}}");
        fs::write(folder.join("contacts.json"), contact).unwrap();
        let file = folder.join("desk.toml");
        let way = way.unwrap_or_else(|| Way {
            url: "https://127.0.0.1:1".to_owned(),
            credentials: folder.join("credentials"),
            agent: None,
        });
        fs::write(&file, settings(station, &folder, &way) + more).unwrap();
        let settings = Settings::read(&file).unwrap();

        let backend = TestingBackend::new(TestingBackendOptions {
            mock_time: true,
            threading: false,
            renderer_name: Some("software".into()),
        });
        // A second booth on the same thread finds the screen that is there.
        let _ = slint::platform::set_platform(Box::new(backend));
        let window = DeskWindow::new().unwrap();
        window.window().set_size(PhysicalSize::new(WIDTH, HEIGHT));
        window.show().unwrap();

        let (_, views) = channel();
        let (_, orders) = unbounded_channel();
        let mut booth = Self {
            window,
            desk: None,
            settings,
            views,
            shown: None,
            orders,
            has_telephone,
            watcher: None,
            folder,
        };
        booth.switch_on();
        booth
    }

    pub(crate) fn switch_on(&mut self) {
        let (tell, views) = channel();
        let (order, orders) = unbounded_channel();
        (self.views, self.orders, self.shown) = (views, orders, None);
        let watcher = self.watcher.clone();
        let show = move |view: View| {
            if let Some(watcher) = &watcher {
                watcher(view.clone());
            }
            drop(tell.send(view));
        };
        let clock = Clock::set(Timestamp::from_millis(TUESDAY_10_00));
        let telephone = self.has_telephone.then_some(order);
        let desk = Desk::start(&self.settings, clock, telephone, show).unwrap();
        screens::connect(&self.window, desk.touches());
        self.desk = Some(desk);
        self.wait_for("the agent's name is asked for", |view| {
            matches!(view.pane, PaneView::SignIn { .. })
        });
    }

    /// The program is gone at once; what is written stays.
    pub(crate) fn switch_off(&mut self) {
        self.desk = None;
    }

    pub(crate) fn sign_in(&mut self) {
        self.type_text("kim.2");
        self.press("Enter");
        self.wait_for("the agent is signed in", |view| view.agent.is_some());
    }

    /// Waits until the window shows what is wanted.
    pub(crate) fn wait_for(&mut self, wanted: &str, is_it: impl Fn(&View) -> bool) -> View {
        let given_up = Instant::now() + PATIENCE;
        loop {
            if let Some(view) = self.shown.as_ref().filter(|view| is_it(view)) {
                return view.clone();
            }
            let left = given_up.saturating_duration_since(Instant::now());
            match self.views.recv_timeout(left) {
                Ok(view) => self.draw(view),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("waited in vain until {wanted}; there is {:#?}", self.shown)
                }
            }
        }
    }

    /// Waits until something outside the window is so.
    pub(crate) fn until(&self, wanted: &str, is_it: impl Fn(&Self) -> bool) {
        let given_up = Instant::now() + PATIENCE;
        while !is_it(self) {
            assert!(Instant::now() < given_up, "in vain waited until {wanted}");
            std::thread::yield_now();
        }
    }

    /// A file of the desk's.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn draw(&mut self, view: View) {
        screens::show(&self.window, &view);
        mock_elapsed_time(Duration::from_millis(50));
        self.shown = Some(view);
    }

    pub(crate) fn elements(&self) -> Vec<ElementHandle> {
        ElementQuery::from_root(&self.window).find_all()
    }

    /// The controls that can be used now.
    pub(crate) fn controls(&self) -> Vec<ElementHandle> {
        let is_control = |element: &ElementHandle| {
            let role = matches!(
                element.accessible_role(),
                Some(
                    AccessibleRole::Button
                        | AccessibleRole::RadioButton
                        | AccessibleRole::ListItem
                        | AccessibleRole::TextInput
                )
            );
            role && element.accessible_enabled() != Some(false) && element.size().height > 0.0
        };
        self.elements().into_iter().filter(is_control).collect()
    }

    /// The telephone's far end says something.
    pub(crate) fn call_says(&self, event: TelephoneEvent) {
        self.desk.as_ref().unwrap().telephone()(event);
    }

    /// The next order to the telephone's far end.
    pub(crate) fn ordered(&mut self) -> TelephoneOrder {
        self.orders.blocking_recv().unwrap()
    }

    /// What lies beside the journal by that name.
    pub(crate) fn beside_journal(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// All that the journal says, by request, oldest first.
    pub(crate) fn journal(&self) -> Vec<(ServiceRequest, Vec<RequestEvent>)> {
        let key = JournalKey::read(&self.settings.key_file()).unwrap();
        let journal = Journal::open(&self.settings.journal, StationId::new(STATION), &key).unwrap();
        let ids = journal.requests().unwrap();
        ids.into_iter()
            .map(|id| {
                let events = journal.events(&id).unwrap();
                (ServiceRequest::replay(id, &events).unwrap(), events)
            })
            .collect()
    }
}

impl Drop for Booth {
    fn drop(&mut self) {
        self.switch_off();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn settings(station: &str, folder: &Path, way: &Way) -> String {
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    let agent = way.agent.as_ref();
    let agent = agent.map_or_else(String::new, |folder| format!("agent = {folder:?}\n"));
    format!(
        "station = \"{station}\"\n\
         office = {{ ko = \"한빛시 민원 콜센터\", en = \"Hanbit-si call centre\" }}\n\
         jurisdiction = \"41999\"\n\
         text_messages = true\n\
         catalog = {catalog:?}\n\
         journal = {:?}\n\
         [exchange]\nurl = {:?}\ncredentials = {:?}\n{agent}",
        folder.join("journal.sqlite"),
        way.url,
        way.credentials,
    )
}
